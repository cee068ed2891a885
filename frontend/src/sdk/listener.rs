use wasm_bindgen::prelude::*;

use super::raw::EventEmitter;

/// A listener that is unhooked when this value is dropped.
pub(crate) struct Listener {
    emitter: EventEmitter,
    event: &'static str,
    /// Events have at most one argument of interest.
    closure: Closure<dyn Fn(JsValue)>,
}

impl Listener {
    pub(super) fn new(
        emitter: &EventEmitter,
        event: &'static str,
        handler: impl Fn(JsValue) + 'static,
    ) -> Self {
        let closure = Closure::<dyn Fn(JsValue)>::new(handler);
        emitter.on(event, closure.as_ref().unchecked_ref());
        Self { emitter: emitter.clone(), event, closure }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.emitter.remove_listener(self.event, self.closure.as_ref().unchecked_ref());
    }
}
