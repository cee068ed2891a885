//! The SDK's `AudioProcessor` (its `lib/twilio/audioprocessor.ts`): stands between the microphone and the call.

use js_sys::{Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::MediaStream;

/// What a microphone's stream goes through.
pub(crate) struct SdkProcessor {
    pub(super) object: Object,
    _create: Closure<dyn Fn(MediaStream) -> Promise>,
    _destroy: Closure<dyn Fn(MediaStream)>,
}

impl SdkProcessor {
    /// `create` makes of a microphone's stream, in time, the one that is sent; `destroy` gets that back.
    pub(crate) fn new(
        create: impl Fn(MediaStream) -> Promise + 'static,
        destroy: impl Fn(MediaStream) + 'static,
    ) -> Self {
        let create = Closure::<dyn Fn(MediaStream) -> Promise>::new(create);
        let destroy = Closure::<dyn Fn(MediaStream)>::new(destroy);
        let object = Object::new();
        // Fails for frozen objects only.
        drop(Reflect::set(&object, &"createProcessedStream".into(), create.as_ref()));
        drop(Reflect::set(&object, &"destroyProcessedStream".into(), destroy.as_ref()));
        Self { object, _create: create, _destroy: destroy }
    }
}
