//! Which incoming calls the user has seen end. Kept at once: what keeps them in mind ([`crate::state::UnseenCalls`]) is loaded later,
//! perhaps by another page.

use shared::api::CallDirection;

use crate::browser::storage;
use crate::model::Call;

/// Their CallSids, until they are taken.
const KEY: &str = "sidetone.dismissed";

/// One that makes place for the next was perhaps not seen.
pub(super) fn note(shown: Option<&Call>, next: Option<&Call>) {
    let seen = shown
        .filter(|shown| next.is_none() && !shown.is_live() && shown.direction == CallDirection::Incoming);
    if let Some(sid) = seen.and_then(|call| call.sid.as_deref()) {
        let before = storage::get(KEY).unwrap_or_default();
        storage::set(KEY, [&before, sid].join(" ").trim_start());
    }
}

/// Those since the last time.
pub(in crate::state) fn take() -> Vec<String> {
    let sids = storage::get(KEY).filter(|sids| !sids.is_empty());
    sids.map_or_else(Vec::new, |sids| {
        storage::set(KEY, "");
        sids.split(' ').map(str::to_owned).collect()
    })
}
