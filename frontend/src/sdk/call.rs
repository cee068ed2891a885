use js_sys::Reflect;
use wasm_bindgen::JsValue;
use web_sys::MediaStream;

use super::listener::Listener;
use super::{SdkFeedback, error, raw, sample};
use crate::model::LegEvent;
use crate::model::quality::Warning;

/// A Call of the SDK.
pub(crate) struct SdkCall {
    raw: raw::Call,
    listeners: Vec<Listener>,
}

impl SdkCall {
    pub(super) fn new(raw: raw::Call) -> Self {
        Self { raw, listeners: Vec::new() }
    }

    /// Sends the call's events to `report`, until the value is dropped.
    pub(crate) fn listen(&mut self, report: impl Fn(LegEvent) + Clone + 'static) {
        let raw = self.raw.clone();
        let on = |event: &'static str, read: fn(&raw::Call, JsValue) -> LegEvent| {
            let (call, report) = (raw.clone(), report.clone());
            Listener::new(&raw, event, move |value| report(read(&call, value)))
        };
        let warning = |event, raised| {
            let report = report.clone();
            Listener::new(&raw, event, move |name| {
                if let Some(warning) = name.as_string().and_then(|name| Warning::from_name(&name)) {
                    report(LegEvent::Warned { warning, raised });
                }
            })
        };
        self.listeners = vec![
            on("ringing", |call, _| LegEvent::Ringing { sid: parameter(call, "CallSid") }),
            on("accept", |call, _| LegEvent::Accepted { sid: parameter(call, "CallSid") }),
            on("cancel", |_, _| LegEvent::Canceled),
            on("disconnect", |_, _| LegEvent::Disconnected),
            on("reject", |_, _| LegEvent::Disconnected),
            on("error", |call, e| LegEvent::Error { code: error::code(&e), closed: is_closed(call) }),
            on("reconnecting", |_, _| LegEvent::Reconnecting),
            on("reconnected", |_, _| LegEvent::Reconnected),
            on("mute", |_, on| LegEvent::Muted(on.is_truthy())),
            on("sample", |_, sample| LegEvent::Measured(sample::read(&sample))),
            warning("warning", true),
            warning("warning-cleared", false),
            // The SDK decides about the call after this event.
            {
                let (call, report) = (raw.clone(), report.clone());
                Listener::new(&raw, "transportClose", move |_| {
                    let (call, report) = (call.clone(), report.clone());
                    wasm_bindgen_futures::spawn_local(async move {
                        report(LegEvent::TransportClosed { closed: is_closed(&call) });
                    });
                })
            },
        ];
    }

    /// What the network said of the call: `CallSid`, `From`, `To`.
    pub(crate) fn parameter(&self, name: &str) -> Option<String> {
        parameter(&self.raw, name)
    }

    /// What outlives the call.
    pub(crate) fn feedback(&self) -> SdkFeedback {
        SdkFeedback::new(&self.raw)
    }

    /// Over already, perhaps before anybody listened.
    pub(crate) fn is_closed(&self) -> bool {
        is_closed(&self.raw)
    }

    /// What the far end hears.
    pub(crate) fn local_stream(&self) -> Option<MediaStream> {
        self.raw.local_stream()
    }

    pub(crate) fn accept(&self) -> Result<(), u32> {
        self.raw.accept().map_err(|e| error::code(&e))
    }

    pub(crate) fn reject(&self) -> Result<(), u32> {
        self.raw.reject().map_err(|e| error::code(&e))
    }

    /// Falls silent here, and tells nobody: the caller and other devices hear it ring.
    pub(crate) fn ignore(&self) -> Result<(), u32> {
        self.raw.ignore().map_err(|e| error::code(&e))
    }

    pub(crate) fn disconnect(&self) -> Result<(), u32> {
        self.raw.disconnect().map_err(|e| error::code(&e))
    }

    pub(crate) fn mute(&self, on: bool) -> Result<(), u32> {
        self.raw.mute(on).map_err(|e| error::code(&e))
    }

    pub(crate) fn send_digits(&self, digits: &str) -> Result<(), u32> {
        self.raw.send_digits(digits).map_err(|e| error::code(&e))
    }
}

fn is_closed(call: &raw::Call) -> bool {
    call.status() == "closed"
}

fn parameter(call: &raw::Call, name: &str) -> Option<String> {
    Reflect::get(&call.parameters(), &JsValue::from_str(name)).ok()?.as_string()
}
