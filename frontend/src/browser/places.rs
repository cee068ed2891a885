//! What the browser knows of countries and their clocks (`Intl`).

use js_sys::{Array, Date, Function, Object, Reflect};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    type DisplayNames;

    #[wasm_bindgen(constructor, js_namespace = Intl, catch)]
    fn new(locales: &str, options: &JsValue) -> Result<DisplayNames, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn of(this: &DisplayNames, code: &str) -> Result<Option<String>, JsValue>;

    type DateTimeFormat;

    /// Throws for a zone that the browser does not know.
    #[wasm_bindgen(constructor, js_namespace = Intl, catch)]
    fn new(locales: &str, options: &JsValue) -> Result<DateTimeFormat, JsValue>;

    #[wasm_bindgen(method)]
    fn format(this: &DateTimeFormat, date: &Date) -> String;

    type Collator;

    #[wasm_bindgen(constructor, js_namespace = Intl)]
    fn new(locales: &str) -> Collator;

    #[wasm_bindgen(method, getter)]
    fn compare(this: &Collator) -> Function;

    #[wasm_bindgen(extends = Array)]
    type Sortable;

    #[wasm_bindgen(method, js_name = sort)]
    fn sort_by_function(this: &Sortable, compare: &Function);
}

/// The name of a country in a language; the code where there is none.
pub(crate) fn country_name(tag: &str, code: &str) -> String {
    let names = DisplayNames::new(tag, &options(&[("type", "region")]));
    names.and_then(|names| names.of(code)).ok().flatten().unwrap_or_else(|| code.to_owned())
}

/// What a clock there shows, such as `14:05`; `None` for a zone that the browser does not know.
pub(crate) fn time_in(tag: &str, zone: &str, now_ms: u64) -> Option<String> {
    let options = options(&[("timeZone", zone), ("timeStyle", "short")]);
    let format = DateTimeFormat::new(tag, &options).ok()?;
    Some(format.format(&Date::new(&JsValue::from_f64(now_ms as f64))))
}

/// Texts in the order of a dictionary of the language.
pub(crate) fn sorted(tag: &str, texts: impl Iterator<Item = String>) -> impl Iterator<Item = String> {
    let texts: Array = texts.map(JsValue::from).collect();
    let texts = texts.unchecked_into::<Sortable>();
    texts.sort_by_function(&Collator::new(tag).compare());
    (0..texts.length()).filter_map(move |place| texts.get(place).as_string())
}

fn options(entries: &[(&str, &str)]) -> JsValue {
    let options = Object::new();
    for (name, value) in entries {
        // Fails for frozen objects and proxies only.
        drop(Reflect::set(&options, &JsValue::from_str(name), &JsValue::from_str(value)));
    }
    options.into()
}
