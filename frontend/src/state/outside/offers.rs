use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Install;
use super::away::use_away;
use super::{icon, install, missed, notices, version};
use crate::browser::install::InstallOffer;
use crate::browser::{notification, storage, worker};
use crate::model::Notify;
use crate::state::lasting::{Lasting, Shown};
use crate::state::{Dialing, Phone};

/// Where it is kept that the user wants no notifications, which the browser would allow.
const NOTIFY_KEY: &str = "sidetone.notify";
const OFF: &str = "off";

/// What components read and ask for.
#[derive(Clone, Copy)]
pub(crate) struct Outside {
    /// Calls that nobody answered and nobody has seen.
    pub(crate) missed: Shown<u32>,
    pub(crate) notify: Shown<Notify>,
    pub(crate) install: Shown<Install>,
    /// The server has a newer page than this one, and its files are here.
    pub(crate) new_version: Shown<bool>,
    pub(super) own: Own,
}

/// What this folder writes.
#[derive(Clone, Copy)]
pub(super) struct Own {
    pub(super) missed: Lasting<u32>,
    /// Who called and never rang here, as the page has just heard from the server.
    pub(super) found: Lasting<Vec<String>>,
    pub(super) install: Lasting<Install>,
    pub(super) new_version: Lasting<bool>,
    pub(super) offer: StoredValue<Option<InstallOffer>, LocalStorage>,
    notify: Lasting<Notify>,
}

impl Outside {
    pub(crate) fn new() -> Self {
        let own = Own {
            missed: Lasting::new(0),
            found: Lasting::new(Vec::new()),
            install: Lasting::new(Install::Impossible),
            new_version: Lasting::new(false),
            offer: StoredValue::new_local(None),
            notify: Lasting::new(Notify::Off),
        };
        Self {
            missed: own.missed.shown(),
            notify: own.notify.shown(),
            install: own.install.shown(),
            new_version: own.new_version.shown(),
            own,
        }
    }

    /// The server knows of calls that never rang here.
    pub(crate) fn found(self, who: Vec<String>) {
        self.own.found.set(who);
    }

    /// The user stays with this page for now.
    pub(crate) fn forget_new_version(self) {
        self.own.new_version.set(false);
    }

    /// What the browser says may change at any time, in its own settings.
    pub(crate) fn read_notify(self) {
        let switched_off = storage::get(NOTIFY_KEY).as_deref() == Some(OFF);
        let notify = Notify::of(notification::permission(), switched_off);
        self.own.notify.show(notify);
    }

    /// To be called in a click: the browser may ask the user.
    pub(crate) fn switch_notify(self, on: bool) {
        storage::set(NOTIFY_KEY, if on { "on" } else { OFF });
        spawn_local(async move {
            if on {
                notification::ask().await;
            }
            self.read_notify();
        });
    }

    /// The browser asks whether to install the page. To be called in a click.
    pub(crate) fn install(self) {
        if let Some(offer) = self.own.offer.try_update_value(Option::take).flatten() {
            // It is good for one time; if the user thinks otherwise, the browser may make another one.
            self.own.install.set(Install::Impossible);
            offer.take_up();
        }
    }

    /// Loads the newer page.
    pub(crate) fn load_new_version(self) {
        worker::load_with_newer();
    }
}

/// Everything outside of the page that the phone does, as long as the component lives that asks for it.
pub(crate) fn use_outside(phone: Phone, dialing: Dialing) {
    let away = use_away(phone.outside);
    let worker = version::use_worker(phone);
    notices::tell_of_calls(phone, away, worker);
    missed::count_missed_calls(phone, away, worker);
    icon::show_state(phone);
    install::listen(phone, dialing);
}
