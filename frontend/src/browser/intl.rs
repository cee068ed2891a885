//! What the browser knows of languages (`Intl`): plurals. Whatever it does not know is said in English's way.

use js_sys::Intl::PluralRules;
use js_sys::{Array, Object};

fn locales(tag: &str) -> Array {
    Array::of1(&tag.into())
}

/// Unicode's plural category of a number: `one`, `other`, …
pub(crate) fn plural_form(tag: &str, count: u32) -> String {
    PluralRules::new(&locales(tag), &Object::new()).select(f64::from(count)).into()
}
