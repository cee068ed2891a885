use std::collections::VecDeque;

use gloo_timers::callback::Interval;

use super::{calls, line, session, tabs};
use crate::model::{
    CallEffect, CallEvent, LineEffect, LineEvent, LineStatus, OfflineReason, Snapshot, TabsEffect, TabsEvent,
};

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

/// What each desk holds, closed to the others, and the events that wait. Never borrowed while the SDK runs: it reports back at once.
#[derive(Default)]
pub(super) struct Core {
    pub(super) calls: calls::Held,
    pub(super) line: line::Held,
    pub(super) tabs: tabs::Held,
    pub(super) session: session::Held,
    pub(super) ticker: Option<Interval>,
    queue: VecDeque<Event>,
    draining: bool,
}

impl Core {
    /// True where somebody is taking events already, and will take this one.
    pub(super) fn push(&mut self, event: Event) -> bool {
        self.queue.push_back(event);
        std::mem::replace(&mut self.draining, true)
    }

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

    /// What the machines say now, for the tabs.
    pub(super) fn look(&mut self, now_ms: u64) -> Vec<TabsEffect> {
        if !self.tabs.is_owner() {
            return Vec::new();
        }
        let (edge, call) = (self.line.edge(), self.calls.call().cloned());
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
}
