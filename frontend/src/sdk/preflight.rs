//! The SDK's test of the connection (its `lib/twilio/preflight/preflight.ts`): a Device and a call of its own, with no
//! parameters, which the server answers with a few seconds of sound.

use js_sys::Function;
use shared::api::AccessToken;
use wasm_bindgen::prelude::*;

use super::device::{object, set, test_options};
use super::listener::Listener;
use super::raw::EventEmitter;
use super::{error, sample};
use crate::model::quality::Sample;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(extends = EventEmitter)]
    #[derive(Clone)]
    type PreflightTest;

    #[wasm_bindgen(js_namespace = ["Twilio", "Device"], js_name = runPreflight, catch)]
    fn run_preflight(token: &str, options: &JsValue) -> Result<PreflightTest, JsValue>;

    #[wasm_bindgen(thread_local_v2, js_namespace = Twilio, js_name = Device)]
    static DEVICE: Function;

    #[wasm_bindgen(method, catch)]
    fn stop(this: &PreflightTest) -> Result<(), JsValue>;
}

/// What a test reports.
pub(crate) enum PreflightEvent {
    /// A second was measured.
    Measured(Sample),
    /// The server has ended the call.
    Completed,
    /// The SDK's code.
    Failed(u32),
}

/// A running test; stopped when dropped.
pub(crate) struct SdkPreflight {
    raw: PreflightTest,
    listeners: Vec<Listener>,
}

impl SdkPreflight {
    /// Begins a test. [`super::load`] comes first.
    ///
    /// # Errors
    /// The SDK's code.
    pub(crate) fn run(
        token: &AccessToken,
        report: impl Fn(PreflightEvent) + Clone + 'static,
    ) -> Result<Self, u32> {
        let raw = run(token).map_err(|e| error::code(&e))?;
        let on = |event, read: fn(JsValue) -> PreflightEvent| {
            let report = report.clone();
            Listener::new(&raw, event, move |value| report(read(value)))
        };
        let listeners = vec![
            on("sample", |value| PreflightEvent::Measured(sample::read(&value))),
            on("completed", |_| PreflightEvent::Completed),
            on("failed", |e| PreflightEvent::Failed(error::code(&e))),
        ];
        Ok(Self { raw, listeners })
    }
}

/// The test makes its Device with few of its options: it would fetch the SDK's own sounds from Twilio, and try other edges
/// than the phone. So its factory is the Device with the phone's options bound in front of those.
fn run(token: &AccessToken) -> Result<PreflightTest, JsValue> {
    let options = test_options(token, 0);
    set(&options, "preflight", &JsValue::TRUE);
    let factory =
        DEVICE.with(|device| device.bind2(&JsValue::UNDEFINED, &token.token.as_str().into(), &options));
    run_preflight(&token.token, &object(&[("deviceFactory", factory.into()), ("logLevel", 5.into())]))
}

impl Drop for SdkPreflight {
    fn drop(&mut self) {
        self.listeners.clear();
        // After the end it has nothing left to stop, and says so.
        drop(self.raw.stop());
    }
}
