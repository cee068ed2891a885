//! The strong noise filter as the SDK's `AudioProcessor` (its `lib/twilio/audioprocessor.ts`), of `noise/noise.js`.

use futures_util::future::{Either, select};
use gloo_timers::future::TimeoutFuture;
use js_sys::Promise;
use wasm_bindgen::prelude::*;
use web_sys::MediaStream;

use crate::browser::script;

/// Beside the page (`scripts/noise.mjs`).
const SCRIPT: &str = "noise.js";
const GLOBAL: &str = "noiseFilter";
/// A call waits for it.
const LOAD_WITHIN_MS: u32 = 3_000;

#[wasm_bindgen]
extern "C" {
    type Processor;

    #[wasm_bindgen(js_namespace = noiseFilter, catch)]
    fn create(
        wanted: &Closure<dyn Fn() -> bool>,
        without: &Closure<dyn Fn(bool) -> Promise>,
    ) -> Result<Processor, JsValue>;

    #[wasm_bindgen(method, js_name = keepOnly)]
    fn keep_only(this: &Processor, sent: &MediaStream) -> MediaStream;

    #[wasm_bindgen(method, js_name = isBusy)]
    fn is_busy(this: &Processor) -> bool;

    #[wasm_bindgen(method)]
    fn end(this: &Processor);
}

/// Stands between the microphone and the call.
pub(crate) struct NoiseProcessor {
    object: Processor,
    _wanted: Closure<dyn Fn() -> bool>,
    _without: Closure<dyn Fn(bool) -> Promise>,
}

impl NoiseProcessor {
    /// `wanted`: filter just now. `without`: the filter cannot be had; in the call that it is in, or not even at first, and then
    /// a microphone is wanted that goes without it.
    ///
    /// # Errors
    /// The script cannot be had in time.
    pub(crate) async fn load(
        wanted: impl Fn() -> bool + 'static,
        without: impl Fn(bool) -> Promise + 'static,
    ) -> Result<Self, ()> {
        if !script::has_global(GLOBAL) {
            let loading = Box::pin(script::load(SCRIPT));
            match select(loading, TimeoutFuture::new(LOAD_WITHIN_MS)).await {
                Either::Left((loaded, _)) => loaded?,
                Either::Right(_) => return Err(()),
            }
        }
        let wanted = Closure::<dyn Fn() -> bool>::new(wanted);
        let without = Closure::<dyn Fn(bool) -> Promise>::new(without);
        let object = create(&wanted, &without).map_err(drop)?;
        Ok(Self { object, _wanted: wanted, _without: without })
    }

    /// Ends what is not sent; gives the microphone that is.
    pub(crate) fn keep_only(&self, sent: &MediaStream) -> MediaStream {
        self.object.keep_only(sent)
    }

    /// A microphone is about to get its filter, and will be sent.
    pub(crate) fn is_busy(&self) -> bool {
        self.object.is_busy()
    }

    /// Nothing goes through it any more.
    pub(crate) fn end(&self) {
        self.object.end();
    }
}

impl AsRef<JsValue> for NoiseProcessor {
    fn as_ref(&self) -> &JsValue {
        self.object.as_ref()
    }
}
