use wasm_bindgen::prelude::*;
use web_sys::EventTarget;

/// A listener of an event of the browser, which is unhooked when this value is dropped.
pub(crate) struct Listener {
    target: EventTarget,
    event: &'static str,
    closure: Closure<dyn Fn(JsValue)>,
}

impl Listener {
    pub(crate) fn new(
        target: &EventTarget,
        event: &'static str,
        handler: impl Fn(JsValue) + 'static,
    ) -> Self {
        let closure = Closure::<dyn Fn(JsValue)>::new(handler);
        // Fails for no target that there is.
        drop(target.add_event_listener_with_callback(event, closure.as_ref().unchecked_ref()));
        Self { target: target.clone(), event, closure }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let closure = self.closure.as_ref().unchecked_ref();
        drop(self.target.remove_event_listener_with_callback(self.event, closure));
    }
}
