//! The line's desk: the model's Line, the access token and the SDK's Device, which only the tab that has the phone has.

mod early;
mod effects;

use std::rc::Rc;

use shared::api::AccessToken;

use early::EarlyToken;

use super::Phone;
use super::core::Event;
use super::lasting::{Lasting, Shown};
use crate::browser::page;
use crate::model::audio::AudioEvent;
use crate::model::line::Cure;
use crate::model::{Line, LineEffect, LineEvent, LineStatus, TabsEvent};
use crate::sdk::{DeviceEvent, SdkAudio, SdkDevice};

/// What is to be seen of the line, in whatever tab.
#[derive(Clone, Copy)]
pub(crate) struct LineDesk {
    pub(crate) status: Shown<LineStatus>,
    /// The edge that the line is registered through, as the network says it.
    pub(crate) edge: Shown<Option<String>>,
    shown_status: Lasting<LineStatus>,
    shown_edge: Lasting<Option<String>>,
}

impl LineDesk {
    pub(super) fn new() -> Self {
        let (status, edge) = (Lasting::new(Line::default().status()), Lasting::new(None));
        Self { status: status.shown(), edge: edge.shown(), shown_status: status, shown_edge: edge }
    }

    pub(super) fn show(self, status: LineStatus, edge: Option<String>) {
        self.shown_status.show(status);
        self.shown_edge.show(edge);
    }
}

/// The model and the objects of the SDK.
#[derive(Default)]
pub(super) struct Held {
    line: Line,
    token: Option<AccessToken>,
    /// Asked for before it was wanted.
    early: Option<EarlyToken>,
    device: Option<Rc<SdkDevice>>,
    /// The edge that the Device is registered through.
    edge: Option<String>,
    /// Counts Devices, so that one that is still being made can be called off.
    device_generation: u32,
}

impl Held {
    /// `lived_ms` counts sleep as well.
    pub(super) fn on(&mut self, event: LineEvent, lived_ms: u64) -> Vec<LineEffect> {
        self.line.on(event, lived_ms)
    }

    /// As this tab's Device has it.
    pub(super) fn status(&self) -> LineStatus {
        self.line.status()
    }

    pub(super) fn edge(&self) -> Option<String> {
        self.edge.clone()
    }

    pub(super) fn is_quiet(&self) -> bool {
        self.line.is_quiet()
    }

    pub(super) fn device(&self) -> Option<Rc<SdkDevice>> {
        self.device.clone()
    }
}

impl Phone {
    pub(super) fn feed_line(self, event: LineEvent) {
        self.feed(Event::Line(event));
    }

    /// Somebody is signed in, and this tab may get the phone.
    pub(super) fn expect_line(self) {
        self.with(|core| core.line.early = Some(EarlyToken::ask()));
    }

    pub(super) fn expect_line_no_more(self) {
        drop(self.with(|core| core.line.early.take()));
    }

    /// Of the Device; `None` where there is none.
    pub(super) fn sdk_audio(self) -> Option<SdkAudio> {
        self.with(|core| core.line.device())?.audio()
    }

    /// The page came to the front, or the browser back on the network.
    pub(crate) fn wake(self) {
        if page::is_visible() {
            self.feed_line(LineEvent::Wake);
            // The timers of a hidden page come late.
            self.feed_tabs(TabsEvent::Tick);
        }
    }

    /// Whether the browser has a network, as far as it knows.
    pub(crate) fn network(self, there: bool) {
        self.feed_line(LineEvent::Network(there));
    }

    /// What the button says that mends the line.
    pub(crate) fn cure(self, cure: Cure) {
        match cure {
            Cure::TryNow => self.retry(),
            // The part is missing where the phone is.
            Cure::Reload if self.tabs.elsewhere.get_untracked() => self.take_over(),
            Cure::Reload => page::reload(),
            Cure::TakeOver => self.take_over(),
            Cure::RingAgain => self.set_quiet(false),
        }
    }

    pub(super) fn on_device(self, event: DeviceEvent) {
        match event {
            DeviceEvent::Registered { edge } => {
                self.with(|core| core.line.edge = edge);
                // The SDK has sent its sounds to the system's devices meanwhile.
                self.feed_audio(AudioEvent::Forgotten);
                self.feed_line(LineEvent::Registered);
            }
            DeviceEvent::Unregistered => self.feed_line(LineEvent::Unregistered),
            DeviceEvent::Error { code } => self.feed_line(LineEvent::DeviceError { code }),
            DeviceEvent::TokenWillExpire => self.feed_line(LineEvent::TokenWillExpire),
            // On its way while the line fell quiet, or the phone went to another tab.
            DeviceEvent::Incoming(call) if !self.with(|core| core.takes_calls()) => drop(call.ignore()),
            DeviceEvent::Incoming(call) => self.on_invitation(call),
        }
    }
}
