//! The tones of keys, for the ear on this side. The SDK would play sounds of its own when it sends keys; those are silent
//! here, for nobody could switch them off.

use wasm_bindgen::prelude::*;

use super::sounds_context;
use crate::browser::storage;
use crate::model::key_tones;

#[wasm_bindgen]
extern "C" {
    /// The little that is needed of Web Audio's objects, whatever their kind.
    type Audio;

    #[wasm_bindgen(method, getter, js_name = currentTime)]
    fn current_time(this: &Audio) -> f64;

    #[wasm_bindgen(method, getter)]
    fn destination(this: &Audio) -> Audio;

    #[wasm_bindgen(method, catch, js_name = createGain)]
    fn create_gain(this: &Audio) -> Result<Audio, JsValue>;

    #[wasm_bindgen(method, catch, js_name = createOscillator)]
    fn create_oscillator(this: &Audio) -> Result<Audio, JsValue>;

    #[wasm_bindgen(method, getter)]
    fn gain(this: &Audio) -> Audio;

    #[wasm_bindgen(method, getter)]
    fn frequency(this: &Audio) -> Audio;

    #[wasm_bindgen(method, setter)]
    fn set_value(this: &Audio, value: f32);

    #[wasm_bindgen(method, catch, js_name = setTargetAtTime)]
    fn set_target_at_time(this: &Audio, target: f32, start: f64, slope: f64) -> Result<(), JsValue>;

    #[wasm_bindgen(method, catch)]
    fn connect(this: &Audio, to: &Audio) -> Result<(), JsValue>;

    #[wasm_bindgen(method, catch)]
    fn start(this: &Audio, when: f64) -> Result<(), JsValue>;

    #[wasm_bindgen(method, catch)]
    fn stop(this: &Audio, when: f64) -> Result<(), JsValue>;
}

const STORAGE_KEY: &str = "sidetone.key_tones";
const TONE_S: f64 = 0.12;
/// From one tone to the next, as the SDK sends them.
const STEP_S: f64 = 0.23;
/// Of each of the two tones.
const LOUDNESS: f32 = 0.08;

/// Whether the user wants to hear them.
pub(crate) fn keys_sound() -> bool {
    storage::get(STORAGE_KEY).as_deref() != Some("off")
}

pub(crate) fn let_keys_sound(on: bool) {
    storage::set(STORAGE_KEY, if on { "on" } else { "off" });
}

/// Plays the tones of these keys, one after the other. Nothing is heard before the phone has been ready once, and nothing
/// fails.
pub(crate) fn play_keys(keys: &str) {
    if keys.contains(|key| key_tones(key).is_some())
        && keys_sound()
        && let Some(context) = sounds_context()
    {
        drop(context.resume());
        drop(schedule(context.unchecked_ref(), keys));
    }
}

fn schedule(context: &Audio, keys: &str) -> Result<(), JsValue> {
    let mut start = context.current_time();
    for tones in keys.chars().filter_map(key_tones) {
        let gain = context.create_gain()?;
        let loudness = gain.gain();
        loudness.set_value(0.0);
        // Without a slope of some milliseconds it clicks.
        loudness.set_target_at_time(LOUDNESS, start, 0.003)?;
        loudness.set_target_at_time(0.0, start + TONE_S - 0.02, 0.005)?;
        gain.connect(&context.destination())?;
        for hz in [tones.0, tones.1] {
            let oscillator = context.create_oscillator()?;
            oscillator.frequency().set_value(hz);
            oscillator.connect(&gain)?;
            oscillator.start(start)?;
            oscillator.stop(start + TONE_S + 0.03)?;
        }
        start += STEP_S;
    }
    Ok(())
}
