//! RNNoise, a neural network that lets voices through and nothing else: `@sapphi-red/web-noise-suppressor` (MIT). Its files are
//! loaded when the filter is used first.

use js_sys::{Array, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::MediaStream;

/// Beside the page (`scripts/noise.mjs`).
const WORKLET: &str = "noise-worklet.js";
const NETWORK: &str = "noise-rnnoise.wasm";
/// The worklet's name for its processor.
const PROCESSOR: &str = "@sapphi-red/web-noise-suppressor/rnnoise";
/// What the network was trained with.
const RATE: u32 = 48_000;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = AudioContext)]
    type Context;

    #[wasm_bindgen(constructor, js_class = "AudioContext", catch)]
    fn new(options: &JsValue) -> Result<Context, JsValue>;

    #[wasm_bindgen(method, getter, js_name = audioWorklet)]
    fn worklet(this: &Context) -> Option<Worklet>;

    #[wasm_bindgen(method, js_name = createMediaStreamSource, catch)]
    fn source(this: &Context, stream: &MediaStream) -> Result<Node, JsValue>;

    #[wasm_bindgen(method, js_name = createMediaStreamDestination, catch)]
    fn destination(this: &Context) -> Result<Destination, JsValue>;

    #[wasm_bindgen(method)]
    fn close(this: &Context) -> Promise;

    type Worklet;

    #[wasm_bindgen(method, js_name = addModule)]
    fn add_module(this: &Worklet, address: &str) -> Promise;

    type Node;

    #[wasm_bindgen(method)]
    fn connect(this: &Node, to: &Node);

    #[wasm_bindgen(extends = Node, js_name = AudioWorkletNode)]
    type WorkletNode;

    #[wasm_bindgen(constructor, js_class = "AudioWorkletNode", catch)]
    fn new(context: &Context, name: &str, options: &JsValue) -> Result<WorkletNode, JsValue>;

    #[wasm_bindgen(extends = Node)]
    type Destination;

    #[wasm_bindgen(method, getter)]
    fn stream(this: &Destination) -> MediaStream;

    #[wasm_bindgen(js_name = fetch, catch)]
    fn fetch(address: &str) -> Result<Promise, JsValue>;

    type Answer;

    #[wasm_bindgen(method, getter)]
    fn ok(this: &Answer) -> bool;

    #[wasm_bindgen(method, js_name = arrayBuffer, catch)]
    fn bytes(this: &Answer) -> Result<Promise, JsValue>;
}

/// A microphone without its noise. Dropped, it goes quiet; the microphone itself stays open.
pub(crate) struct Denoised {
    pub(crate) raw: MediaStream,
    pub(crate) clean: MediaStream,
    context: Context,
}

impl Denoised {
    /// # Errors
    /// The filter's files cannot be had, or the browser cannot run it.
    pub(crate) async fn new(raw: MediaStream) -> Result<Self, JsValue> {
        let context = Context::new(&object(&[("sampleRate", RATE.into())]))?;
        match connect(&context, &raw).await {
            Ok(clean) => Ok(Self { raw, clean, context }),
            Err(error) => {
                drop(context.close());
                Err(error)
            }
        }
    }
}

impl Drop for Denoised {
    fn drop(&mut self) {
        drop(self.context.close());
    }
}

async fn connect(context: &Context, raw: &MediaStream) -> Result<MediaStream, JsValue> {
    let worklet = context.worklet().ok_or(JsValue::UNDEFINED)?;
    let answer: Answer = JsFuture::from(fetch(NETWORK)?).await?.unchecked_into();
    if !answer.ok() {
        return Err(JsValue::UNDEFINED);
    }
    let network = JsFuture::from(answer.bytes()?).await?;
    JsFuture::from(worklet.add_module(WORKLET)).await?;
    let processor = object(&[("maxChannels", 1.into()), ("wasmBinary", network)]);
    let mono = Array::of1(&1.into());
    let options = object(&[
        ("processorOptions", processor),
        ("channelCount", 1.into()),
        ("channelCountMode", "explicit".into()),
        ("outputChannelCount", mono.into()),
    ]);
    let filter = WorkletNode::new(context, PROCESSOR, &options)?;
    let destination = context.destination()?;
    context.source(raw)?.connect(&filter);
    filter.connect(&destination);
    Ok(destination.stream())
}

fn object(entries: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (key, value) in entries {
        // Fails for frozen objects and proxies only.
        drop(Reflect::set(&object, &JsValue::from_str(key), value));
    }
    object.into()
}
