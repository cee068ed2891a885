use js_sys::Promise;
use wasm_bindgen::prelude::*;
use web_sys::MediaStream;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = AudioContext)]
    type Context;

    #[wasm_bindgen(constructor, js_class = "AudioContext", catch)]
    fn new() -> Result<Context, JsValue>;

    #[wasm_bindgen(method, js_name = createMediaStreamSource, catch)]
    fn source(this: &Context, stream: &MediaStream) -> Result<Node, JsValue>;

    #[wasm_bindgen(method, js_name = createAnalyser)]
    fn analyser(this: &Context) -> Analyser;

    #[wasm_bindgen(method)]
    fn close(this: &Context) -> Promise;

    type Node;

    #[wasm_bindgen(method)]
    fn connect(this: &Node, to: &Analyser);

    type Analyser;

    #[wasm_bindgen(method, js_name = getFloatTimeDomainData)]
    fn read(this: &Analyser, samples: &mut [f32]);
}

/// Samples looked at: a fortieth of a second, less than the eye notices.
const SAMPLES: usize = 1_024;

/// How loud a stream is; it stops listening when it is dropped.
pub(crate) struct Meter {
    context: Context,
    analyser: Analyser,
}

impl Meter {
    /// `None` where the browser has no Web Audio.
    pub(crate) fn new(stream: &MediaStream) -> Option<Self> {
        let context = Context::new().ok()?;
        let analyser = context.analyser();
        context.source(stream).ok()?.connect(&analyser);
        Some(Self { context, analyser })
    }

    /// Root mean square just now, 0 to 1.
    pub(crate) fn level(&self) -> f32 {
        let mut samples = [0.0_f32; SAMPLES];
        self.analyser.read(&mut samples);
        let squares: f32 = samples.iter().map(|sample| sample * sample).sum();
        (squares / SAMPLES as f32).sqrt()
    }
}

impl Drop for Meter {
    fn drop(&mut self) {
        drop(self.context.close());
    }
}
