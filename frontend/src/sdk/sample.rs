use js_sys::Reflect;
use wasm_bindgen::JsValue;

use crate::model::quality::Sample;

/// Reads a `RTCSample` of the SDK (its `lib/twilio/rtc/sample.ts`). What is missing is 0.
pub(super) fn read(sample: &JsValue) -> Sample {
    // As a cast does it: what is no number becomes 0, and what is too large the largest.
    let field = |name: &str, scale: f64| {
        let value = Reflect::get(sample, &JsValue::from_str(name)).ok().and_then(|value| value.as_f64());
        (value.unwrap_or(0.0) * scale).round() as u16
    };
    Sample {
        mos: field("mos", 100.0),
        jitter_ms: field("jitter", 1.0),
        rtt_ms: field("rtt", 1.0),
        loss_permille: field("packetsLostFraction", 10.0),
        input_level: field("audioInputLevel", 1.0),
        packets: field("packetsReceived", 1.0),
    }
}
