//! What the browser knows of languages (`Intl`): plurals and relative times.

use js_sys::Intl::{PluralRules, RelativeTimeFormat};
use js_sys::{Array, Object};

fn locales(tag: &str) -> Array {
    Array::of1(&tag.into())
}

/// Unicode's plural category of a number: `one`, `other`, …
pub(crate) fn plural_form(tag: &str, count: u32) -> String {
    PluralRules::new(&locales(tag), &Object::new()).select(f64::from(count)).into()
}

/// A time that has passed, such as “3 days ago”; `unit` as `Intl` names it.
pub(crate) fn ago(tag: &str, count: f64, unit: &str) -> String {
    RelativeTimeFormat::new(&locales(tag), &Object::new()).format(-count, unit).into()
}
