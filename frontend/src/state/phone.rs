use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;

use gloo_timers::callback::Interval;
use leptos::prelude::*;
use shared::api::{AccessToken, DemoWorld, SignInOptions};

use super::SessionState;
use crate::browser::clock;
use crate::model::{Call, CallMachine, Leg, Line, LineStatus};
use crate::sdk::{SdkCall, SdkDevice};
use crate::text::{self, Language};

/// The handle that components have: signals to read, verbs to call.
#[derive(Clone, Copy)]
pub(crate) struct Phone {
    pub(crate) session: RwSignal<SessionState>,
    pub(crate) line: RwSignal<LineStatus>,
    pub(crate) call: RwSignal<Option<Call>>,
    /// Runs while a call is live.
    pub(crate) now_ms: RwSignal<u64>,
    /// Something to tell that belongs to no part of the page.
    pub(crate) notice: RwSignal<Option<&'static str>>,
    pub(crate) demo: RwSignal<Option<DemoWorld>>,
    pub(crate) sign_in_options: RwSignal<SignInOptions>,
    /// The edge that the line is registered through, as the network says it.
    pub(crate) edge: RwSignal<Option<String>>,
    pub(crate) settings_open: RwSignal<bool>,
    /// That of all texts. Who shows texts outside a page that is built anew must track it.
    pub(crate) language: RwSignal<&'static Language>,
    inner: StoredValue<Rc<RefCell<Inner>>, LocalStorage>,
}

/// The model and the SDK's objects. Never borrowed while the SDK runs: it reports back at once.
#[derive(Default)]
pub(super) struct Inner {
    pub(super) calls: CallMachine,
    pub(super) line: Line,
    pub(super) queue: VecDeque<super::events::Event>,
    pub(super) draining: bool,
    pub(super) token: Option<AccessToken>,
    pub(super) device: Option<Rc<SdkDevice>>,
    /// Counts the sessions that were left, so that what was asked for in one is not taken for another.
    pub(super) departures: u32,
    /// Counts Devices, so that one that is still being made can be called off.
    pub(super) device_generation: u32,
    pub(super) legs: BTreeMap<Leg, Rc<SdkCall>>,
    last_leg: u32,
    ticker: Option<Interval>,
}

/// How often time is looked at; the call timer shows seconds.
const TICK_MS: u32 = 250;

impl Phone {
    pub(crate) fn new() -> Self {
        let inner = Inner::default();
        Self {
            session: RwSignal::new(SessionState::Loading),
            line: RwSignal::new(inner.line.status()),
            call: RwSignal::new(None),
            now_ms: RwSignal::new(clock::now_ms()),
            notice: RwSignal::new(None),
            demo: RwSignal::new(None),
            sign_in_options: RwSignal::new(SignInOptions::default()),
            edge: RwSignal::new(None),
            settings_open: RwSignal::new(false),
            language: RwSignal::new(text::current()),
            inner: StoredValue::new_local(Rc::new(RefCell::new(inner))),
        }
    }

    /// A short look into the model; the SDK must not be called in it.
    pub(super) fn with<T>(self, look: impl FnOnce(&mut Inner) -> T) -> T {
        let inner = self.inner.with_value(Rc::clone);
        let mut inner = inner.borrow_mut();
        look(&mut inner)
    }

    pub(super) fn next_leg(self) -> Leg {
        self.with(|inner| {
            inner.last_leg += 1;
            Leg(inner.last_leg)
        })
    }

    pub(super) fn start_ticking(self) {
        let ticker = Interval::new(TICK_MS, move || self.tick());
        self.with(|inner| inner.ticker = Some(ticker));
    }

    pub(super) fn stop_ticking(self) {
        self.with(|inner| inner.ticker = None);
    }

    /// Shows what the model says now; signals stay quiet where nothing has changed.
    pub(super) fn publish(self) {
        let (line, call) = self.with(|inner| (inner.line.status(), inner.calls.call().cloned()));
        if self.line.get_untracked() != line {
            self.line.set(line);
        }
        if self.call.with_untracked(|shown| *shown != call) {
            self.call.set(call);
        }
    }
}
