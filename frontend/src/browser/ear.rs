//! Hears a stream without anybody else hearing it.

use js_sys::{Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::{MediaStream, MediaStreamTrack};

#[wasm_bindgen]
extern "C" {
    type AudioContext;

    #[wasm_bindgen(constructor, catch)]
    fn new() -> Result<AudioContext, JsValue>;

    #[wasm_bindgen(method, catch, js_name = createMediaStreamSource)]
    fn create_source(this: &AudioContext, stream: &MediaStream) -> Result<AudioNode, JsValue>;

    #[wasm_bindgen(method, catch, js_name = createAnalyser)]
    fn create_analyser(this: &AudioContext) -> Result<AudioNode, JsValue>;

    #[wasm_bindgen(method)]
    fn close(this: &AudioContext) -> Promise;

    type AudioNode;

    #[wasm_bindgen(method)]
    fn connect(this: &AudioNode, to: &AudioNode);

    #[wasm_bindgen(method, setter, js_name = fftSize)]
    fn set_size(this: &AudioNode, samples: u32);

    #[wasm_bindgen(method, js_name = getByteTimeDomainData)]
    fn look(this: &AudioNode, samples: &Uint8Array);
}

/// What the analyser keeps: at 48 kHz a third of a second, more than lies between two looks.
const SAMPLES: u32 = 16_384;
/// So many are read at a time: on the stack, for several looks a second at all of them would tear the heap to pieces.
const AT_ONCE: u32 = 1_024;

/// Listens to copies of a stream's tracks, which hear also while the tracks themselves are muted. Lets them go when dropped.
pub(crate) struct Ear {
    context: AudioContext,
    analyser: AudioNode,
    samples: Uint8Array,
    copy: MediaStream,
}

impl Ear {
    /// `None` where the browser does not let it.
    pub(crate) fn new(stream: &MediaStream) -> Option<Self> {
        let context = AudioContext::new().ok()?;
        #[expect(
            clippy::disallowed_methods,
            reason = "it hears while the call's own is muted, and is stopped when dropped"
        )]
        let copy = MediaStream::clone(stream);
        tracks(&copy).for_each(|track| track.set_enabled(true));
        let analyser = context.create_analyser().ok()?;
        analyser.set_size(SAMPLES);
        context.create_source(&copy).ok()?.connect(&analyser);
        Some(Self { context, analyser, samples: Uint8Array::new_with_length(SAMPLES), copy })
    }

    /// The highest peak of the last third of a second, 0 to 128.
    pub(crate) fn peak(&self) -> u8 {
        self.analyser.look(&self.samples);
        let mut some = [128; AT_ONCE as usize];
        let peaks = (0..SAMPLES).step_by(AT_ONCE as usize).filter_map(|from| {
            self.samples.subarray(from, from + AT_ONCE).copy_to(&mut some);
            some.iter().map(|sample: &u8| sample.abs_diff(128)).max()
        });
        peaks.max().unwrap_or(0)
    }
}

impl Drop for Ear {
    fn drop(&mut self) {
        tracks(&self.copy).for_each(|track| track.stop());
        drop(self.context.close());
    }
}

fn tracks(stream: &MediaStream) -> impl Iterator<Item = MediaStreamTrack> {
    stream.get_tracks().into_iter().map(JsValue::unchecked_into)
}
