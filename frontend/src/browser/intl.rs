//! What the browser knows of languages (`Intl`): plurals, relative times, and moments.

use js_sys::Intl::{PluralRules, RelativeTimeFormat};
use js_sys::{Array, Date, Object, Reflect};

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

/// A moment by the user's own clock, with its day.
pub(crate) fn date_time(tag: &str, at_ms: f64) -> String {
    let options = Object::new();
    for (name, value) in [("dateStyle", "medium"), ("timeStyle", "short")] {
        drop(Reflect::set(&options, &name.into(), &value.into()));
    }
    Date::new(&at_ms.into()).to_locale_string(tag, &options).into()
}
