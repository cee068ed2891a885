use std::collections::VecDeque;
use std::rc::Rc;

use gloo_timers::callback::Interval;
use shared::PhoneNumber;
use shared::api::{AccessToken, DemoWorld, SignInOptions};

use crate::browser::channel::Channel;
use crate::browser::ear::Ear;
use crate::browser::locks::Lock;
use crate::model::{
    CallEffect, CallEvent, CallMachine, Leg, Line, LineEffect, LineEvent, LineStatus, OfflineReason,
    Snapshot, Tabs, TabsEffect, TabsEvent,
};
use crate::sdk::{SdkCall, SdkDevice, SdkFeedback};

pub(super) enum Event {
    Call(CallEvent),
    Line(LineEvent),
    Tabs(Box<TabsEvent>),
}

pub(super) enum Effect {
    Call(CallEffect),
    Line(LineEffect),
    Tabs(Box<TabsEffect>),
}

/// An outgoing call that waits for the line.
pub(super) struct Waiting {
    pub(super) leg: Leg,
    pub(super) to: PhoneNumber,
    pub(super) attempt: String,
}

/// The models and the objects of SDK and browser. Never borrowed while the SDK runs: it reports back at once.
#[derive(Default)]
pub(super) struct Core {
    pub(super) calls: CallMachine,
    pub(super) line: Line,
    pub(super) tabs: Tabs,
    pub(super) queue: VecDeque<Event>,
    pub(super) draining: bool,
    pub(super) demo: Option<DemoWorld>,
    pub(super) sign_in_options: SignInOptions,
    pub(super) token: Option<AccessToken>,
    pub(super) device: Option<Rc<SdkDevice>>,
    /// The edge that the Device is registered through.
    pub(super) edge: Option<String>,
    /// Counts the sessions that were left, so that what was asked for in one is not taken for another.
    pub(super) departures: u32,
    /// Counts Devices, so that one that is still being made can be called off.
    pub(super) device_generation: u32,
    /// Few, and never for long.
    pub(super) legs: Vec<(Leg, Rc<SdkCall>)>,
    /// Hears the microphone of a muted call.
    pub(super) ear: Option<Ear>,
    /// Of the call that ended last.
    pub(super) feedback: Option<(Leg, SdkFeedback)>,
    pub(super) waiting: Option<Waiting>,
    pub(super) last_leg: u32,
    pub(super) ticker: Option<Interval>,
    /// The line's lock, held or waited for.
    pub(super) lock: Option<Lock>,
    /// Among the tabs that are signed in to the line.
    pub(super) tabs_channel: Option<Channel>,
    /// Among all tabs.
    pub(super) session_channel: Option<Channel>,
}

impl Core {
    /// Gives the next event to its machine; `None` when there is none. `lived_ms` counts sleep as well.
    pub(super) fn next(&mut self, now_ms: u64, lived_ms: u64) -> Option<Vec<Effect>> {
        let Some(event) = self.queue.pop_front() else {
            self.draining = false;
            return None;
        };
        Some(match event {
            Event::Call(event) => self.calls.on(event, now_ms).into_iter().map(Effect::Call).collect(),
            Event::Line(event) => self.line.on(event, lived_ms).into_iter().map(Effect::Line).collect(),
            Event::Tabs(event) => {
                self.tabs.on(*event, now_ms).into_iter().map(Box::new).map(Effect::Tabs).collect()
            }
        })
    }

    /// The SDK's call of a leg.
    pub(super) fn sdk_call(&self, leg: Leg) -> Option<Rc<SdkCall>> {
        self.legs.iter().find(|(of, _)| *of == leg).map(|(_, call)| Rc::clone(call))
    }

    /// The same, which is forgotten.
    pub(super) fn release(&mut self, leg: Leg) -> Option<Rc<SdkCall>> {
        let place = self.legs.iter().position(|(of, _)| *of == leg)?;
        Some(self.legs.remove(place).1)
    }

    /// What the machines say now, for the tabs.
    pub(super) fn look(&mut self, now_ms: u64) -> Vec<TabsEffect> {
        if !self.tabs.is_owner() {
            return Vec::new();
        }
        let (edge, call) = (self.edge.clone(), self.calls.call().cloned());
        let snapshot = Snapshot { line: self.line.status(), edge, call };
        self.tabs.on(TabsEvent::Changed(snapshot), now_ms)
    }

    /// Calls ring in this tab.
    pub(super) fn takes_calls(&self) -> bool {
        self.tabs.is_owner() && !self.line.is_quiet()
    }

    /// The line's status, as far as this tab can know it.
    pub(super) fn line_status(&self, now_ms: u64) -> LineStatus {
        if self.tabs.is_unheard(now_ms) {
            LineStatus::Offline(OfflineReason::OtherTab)
        } else {
            self.tabs.snapshot().line
        }
    }

    /// The outgoing call that has waited, once it is known whether the line works.
    pub(super) fn no_longer_waiting(&mut self) -> Option<Waiting> {
        if self.line.status().is_on_its_way() { None } else { self.waiting.take() }
    }
}
