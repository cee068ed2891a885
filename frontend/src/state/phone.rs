use std::cell::RefCell;
use std::rc::Rc;

use gloo_timers::callback::Interval;
use leptos::prelude::*;

use super::core::{Core, Effect, Event};
use super::{
    CallDesk, LanguageDesk, Lasting, LineDesk, Notice, Outside, Place, Preferences, SessionDesk, SoundDesk,
    TabsDesk,
};
use crate::browser::clock;
use crate::model::{CallEvent, LineEvent, TabsEvent};

/// The handle that components have: the desks, each with signals to read, and verbs to call. A desk's signals and what it holds
/// are closed to the others: what one wants of another, it calls or feeds.
#[derive(Clone, Copy)]
pub(crate) struct Phone {
    pub(crate) session: SessionDesk,
    pub(crate) line: LineDesk,
    pub(crate) calls: CallDesk,
    pub(crate) tabs: TabsDesk,
    pub(crate) sound: SoundDesk,
    pub(crate) preferences: Preferences,
    pub(crate) language: LanguageDesk,
    pub(crate) outside: Outside,
    pub(crate) notice: Notice,
    /// Of the page itself, which goes there.
    pub(crate) place: Lasting<Place>,
    core: StoredValue<Rc<RefCell<Core>>, LocalStorage>,
}

/// How often time is looked at; the call timer shows seconds.
const TICK_MS: u32 = 250;

impl Phone {
    pub(crate) fn new() -> Self {
        Self {
            session: SessionDesk::new(),
            line: LineDesk::new(),
            calls: CallDesk::new(),
            tabs: TabsDesk::new(),
            sound: SoundDesk::new(),
            preferences: Preferences::new(),
            language: LanguageDesk::new(),
            outside: Outside::new(),
            notice: Notice::new(),
            place: Lasting::new(Place::Keypad),
            core: StoredValue::new_local(Rc::default()),
        }
    }

    /// A short look into what the desks hold; the SDK must not be called in it.
    pub(super) fn with<T>(self, look: impl FnOnce(&mut Core) -> T) -> T {
        let core = self.core.with_value(Rc::clone);
        let mut core = core.borrow_mut();
        look(&mut core)
    }

    pub(super) fn start_ticking(self) {
        let ticker = Interval::new(TICK_MS, move || self.tick());
        self.with(|core| core.ticker = Some(ticker));
    }

    pub(super) fn stop_ticking(self) {
        self.with(|core| {
            core.ticker = None;
            core.calls.hear_no_more();
        });
    }

    fn tick(self) {
        self.calls.tick();
        self.hear_while_muted();
        let in_call = self.with(|core| core.calls.is_live());
        if in_call {
            self.tell_call_of_microphone();
            self.feed(Event::Call(CallEvent::Tick));
        }
        self.feed_line(LineEvent::Tick { in_call });
        self.feed_tabs(TabsEvent::Tick);
    }

    /// Events are taken one after the other, effects included: the SDK reports while it is being called.
    pub(super) fn feed(self, event: Event) {
        if self.with(|core| core.push(event)) {
            return;
        }
        while let Some(effects) = self.with(|core| core.next(clock::now_ms(), clock::lived_ms())) {
            self.publish();
            for effect in effects {
                match effect {
                    Effect::Call(effect) => self.run_call(effect),
                    Effect::Line(effect) => self.run_line(effect),
                    Effect::Tabs(effect) => self.run_tabs(*effect),
                }
            }
            self.wait_no_longer();
        }
    }

    /// Shows what is known now; signals stay quiet where nothing has changed.
    fn publish(self) {
        let now_ms = clock::now_ms();
        let (told, status, elsewhere, snapshot) = self.with(|core| {
            let told = core.look(now_ms);
            (told, core.line_status(now_ms), core.tabs.is_follower(), core.tabs.snapshot().clone())
        });
        self.calls.is_about_to_show(snapshot.call.as_ref());
        self.line.show(status, snapshot.edge);
        self.tabs.show(elsewhere);
        self.calls.show(snapshot.call);
        for effect in told {
            self.run_tabs(effect);
        }
    }
}
