use gloo_timers::future::TimeoutFuture;
use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::MediaStream;

#[wasm_bindgen]
extern "C" {
    type MediaRecorder;

    #[wasm_bindgen(constructor, catch)]
    fn new(stream: &MediaStream) -> Result<MediaRecorder, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn start(this: &MediaRecorder) -> Result<(), JsValue>;

    #[wasm_bindgen(method, catch)]
    fn stop(this: &MediaRecorder) -> Result<(), JsValue>;

    #[wasm_bindgen(method, setter, js_name = ondataavailable)]
    fn set_on_data(this: &MediaRecorder, report: &JsValue);

    type BlobEvent;

    #[wasm_bindgen(method, getter)]
    fn data(this: &BlobEvent) -> JsValue;

    #[wasm_bindgen(js_namespace = URL, js_name = createObjectURL, catch)]
    fn create_object_url(blob: &JsValue) -> Result<String, JsValue>;

    #[wasm_bindgen(js_namespace = URL, js_name = revokeObjectURL)]
    fn revoke_object_url(address: &str);
}

/// What was recorded; it is forgotten when this value is dropped.
pub(crate) struct Recording(String);

impl Recording {
    /// Records the stream for so long.
    ///
    /// # Errors
    /// The browser cannot record.
    pub(crate) async fn make(stream: &MediaStream, length_ms: u32) -> Result<Self, JsValue> {
        let recorder = MediaRecorder::new(stream)?;
        let recorded = Promise::new(&mut |resolve, _| recorder.set_on_data(&resolve));
        recorder.start()?;
        TimeoutFuture::new(length_ms).await;
        recorder.stop()?;
        let event: BlobEvent = JsFuture::from(recorded).await?.unchecked_into();
        create_object_url(&event.data()).map(Self)
    }

    /// Where a player finds it.
    pub(crate) fn address(&self) -> &str {
        &self.0
    }
}

impl Drop for Recording {
    fn drop(&mut self) {
        revoke_object_url(&self.0);
    }
}
