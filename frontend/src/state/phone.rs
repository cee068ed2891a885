use std::cell::RefCell;
use std::rc::Rc;

use gloo_timers::callback::Interval;
use leptos::prelude::*;
use shared::api::{DemoWorld, SignInOptions};

use super::core::Core;
use super::{Lasting, Outside, SessionState, Sound};
use crate::browser::{clock, page};
use crate::model::{Call, Leg, LineStatus};
use crate::text::{self, Language};

/// The handle that components have: signals to read, verbs to call.
#[derive(Clone, Copy)]
pub(crate) struct Phone {
    pub(crate) session: Lasting<SessionState>,
    pub(crate) line: Lasting<LineStatus>,
    pub(crate) call: Lasting<Option<Call>>,
    /// Another tab of this browser has the phone; this one shows and steers it.
    pub(crate) elsewhere: Lasting<bool>,
    /// Calls do not ring in this browser.
    pub(crate) quiet: Lasting<bool>,
    /// A declined caller is not told so.
    pub(crate) silent_decline: Lasting<bool>,
    /// Runs while a call is live.
    pub(crate) now_ms: Lasting<u64>,
    /// Something to tell that belongs to no part of the page.
    pub(crate) notice: Lasting<Option<&'static str>>,
    /// The edge that the line is registered through, as the network says it.
    pub(crate) edge: Lasting<Option<String>>,
    pub(crate) settings_open: Lasting<bool>,
    /// That of all texts. Who shows texts outside a page that is built anew must track it.
    pub(crate) language: Lasting<&'static Language>,
    pub(crate) sound: Sound,
    pub(crate) outside: Outside,
    core: StoredValue<Rc<RefCell<Core>>, LocalStorage>,
}

/// How often time is looked at; the call timer shows seconds.
const TICK_MS: u32 = 250;

impl Phone {
    pub(crate) fn new() -> Self {
        let core = Core::default();
        Self {
            session: Lasting::new(SessionState::Loading),
            line: Lasting::new(core.line.status()),
            call: Lasting::new(None),
            elsewhere: Lasting::new(false),
            quiet: Lasting::new(false),
            silent_decline: Lasting::new(false),
            now_ms: Lasting::new(clock::now_ms()),
            notice: Lasting::new(None),
            edge: Lasting::new(None),
            settings_open: Lasting::new(false),
            language: Lasting::new(text::current()),
            sound: Sound::new(),
            outside: Outside::new(),
            core: StoredValue::new_local(Rc::new(RefCell::new(core))),
        }
    }

    /// The demo's lines and phones, in a demo. Known before anything is shown, and the same ever after.
    pub(crate) fn demo(self) -> Option<DemoWorld> {
        self.with(|core| core.demo.clone())
    }

    /// What else there is to sign in with; known as soon.
    pub(crate) fn sign_in_options(self) -> SignInOptions {
        self.with(|core| core.sign_in_options.clone())
    }

    /// The Device is in this tab: it is the one that tells of calls.
    pub(super) fn is_in_this_tab(self) -> bool {
        !self.elsewhere.get()
    }

    /// A short look into the models; the SDK must not be called in it.
    pub(super) fn with<T>(self, look: impl FnOnce(&mut Core) -> T) -> T {
        let core = self.core.with_value(Rc::clone);
        let mut core = core.borrow_mut();
        look(&mut core)
    }

    pub(super) fn next_leg(self) -> Leg {
        self.with(|core| {
            core.last_leg += 1;
            Leg(core.last_leg)
        })
    }

    pub(super) fn start_ticking(self) {
        let ticker = Interval::new(TICK_MS, move || self.tick());
        self.with(|core| core.ticker = Some(ticker));
    }

    pub(super) fn stop_ticking(self) {
        self.with(|core| {
            core.ticker = None;
            core.ear = None;
        });
    }

    /// Shows what is known now; signals stay quiet where nothing has changed.
    pub(super) fn publish(self) {
        let now_ms = clock::now_ms();
        let (told, line, elsewhere, snapshot) = self.with(|core| {
            let told = core.look(now_ms);
            (told, core.line_status(now_ms), core.tabs.is_follower(), core.tabs.snapshot().clone())
        });
        if snapshot.call.is_some() && self.call.with_untracked(Option::is_none) {
            page::drop_focus_within("dial-pad");
        }
        show(self.line, line);
        show(self.elsewhere, elsewhere);
        show(self.edge, snapshot.edge);
        show(self.call, snapshot.call);
        for effect in told {
            self.run_tabs(effect);
        }
    }
}

fn show<T: PartialEq + Send + Sync + 'static>(signal: Lasting<T>, value: T) {
    if signal.with_untracked(|shown| *shown != value) {
        signal.set(value);
    }
}
