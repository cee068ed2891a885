/// Milliseconds of the browser's clock. Not the page's own: that one stands still while a computer sleeps.
pub(crate) fn now_ms() -> u64 {
    js_sys::Date::now() as u64
}
