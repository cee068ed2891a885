//! What a line's browsers are told at once, over [`super::paths::EVENTS`].

/// The first event: from here on nothing is missed. Its id is where a later stream may go on.
pub const READY: &str = "ready";
/// More has happened since the id that was named than is kept: whatever the page shows is to be asked for anew.
pub const RESET: &str = "reset";
/// This browser's own session is over. The last event of its stream.
pub const SIGNED_OUT: &str = "signed_out";
/// Sessions of the line have ended, in this browser or in another one. `{"reason": "signed_out"}`, or `passcode`, `email`,
/// `removed`: what has changed.
pub const SESSIONS_ENDED: &str = "sessions_ended";
/// Nobody took a call of the line. `{"call_sid": "CA…"}`
pub const MISSED_CALL: &str = "missed_call";
/// The line's contacts, or those that all lines share, are others than before. `{}`
pub const CONTACTS_CHANGED: &str = "contacts_changed";
