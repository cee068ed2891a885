use shared::api::events;

/// So many events of a line are kept, and told at once: who has missed more is better off asking for everything anew.
pub const MOST_KEPT: u32 = 200;

/// What can happen to a line.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum EventKind {
    SessionsEnded,
    MissedCall,
    ContactsChanged,
}

impl EventKind {
    /// As it is stored and told.
    pub fn word(self) -> &'static str {
        match self {
            Self::SessionsEnded => events::SESSIONS_ENDED,
            Self::MissedCall => events::MISSED_CALL,
            Self::ContactsChanged => events::CONTACTS_CHANGED,
        }
    }
}

/// Why sessions have ended, in the word that is told.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum EndReason {
    SignedOut,
    /// The passcode was changed, or a one-time code made.
    Passcode,
    /// An address for OpenID Connect was taken away.
    Email,
    /// The line was removed.
    Removed,
}

impl EndReason {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::SignedOut => "signed_out",
            Self::Passcode => "passcode",
            Self::Email => "email",
            Self::Removed => "removed",
        }
    }
}

/// One that is stored. Another version may have written it: what its words mean is for who is told.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Event {
    pub id: i64,
    pub kind: String,
    /// JSON
    pub payload: String,
}

/// A line's events after a certain one.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Since {
    /// All of them, the earliest first.
    Events(Vec<Event>),
    /// More than are kept, or the number is of another database. Nothing after this one was missed.
    Gap { last: i64 },
}
