use leptos::prelude::*;

use crate::browser::install::{self, Launches};
use crate::browser::{links, page};
use crate::model::Dialer;
use crate::state::{Dialing, Phone, whenever};

/// Whether the page can become an app.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Install {
    /// The browser offers nothing, or has not yet.
    Impossible,
    Offered,
    Done,
}

/// Hears of the browser's offer to install the page, and of numbers that the system wants to be dialled in this window.
pub(super) fn listen(phone: Phone, dialing: Dialing) {
    let outside = phone.outside;
    if install::is_app_window() {
        outside.own.install.set(Install::Done);
    }
    let listeners = install::listen(
        move |offer| {
            outside.own.offer.set_value(Some(offer));
            outside.own.install.set(Install::Offered);
        },
        move || outside.own.install.set(Install::Done),
    );
    // The address that opened this page is in the queue as well, and has been read already.
    let opened_by = StoredValue::new(page::opened_by());
    let launches = Launches::listen(move |url| {
        let first = opened_by.try_update_value(Option::take).flatten();
        if first.as_deref() != Some(url)
            && let Some(query) = links::query_of(url)
        {
            dialing.change(|dialer: &mut Dialer| dialer.take_link(query));
        }
    });
    // Only now: the browser makes its offer when it knows the manifest.
    whenever(move || install::set_manifest(phone.language.spoken.get().tag));
    StoredValue::new_local((listeners, launches));
}
