//! What the phone knows and decides: no web API, no clock, no I/O. Time is an argument, in milliseconds since any
//! fixed moment; what must be done is returned as effects. It names nothing but itself and `shared`, no text either: `tests/tests/tidy_model.rs`.

#![deny(clippy::wildcard_enum_match_arm)]

pub mod audio;
pub mod call;
pub mod dial_advice;
pub mod dialer;
pub mod hand;
pub mod held_key;
mod key_tones;
pub mod line;
mod lived_clock;
mod missed;
mod notify;
pub mod quality;
mod ring_focus;
mod shortcut;
pub mod tabs;
mod unseen;

pub use call::{
    Call, CallEffect, CallEvent, CallMachine, CallQuestion, CallSource, EndReason, KEY_MS, Leg, LegEvent,
    Outgoing, Phase, Wish,
};
pub use dial_advice::DialAdvice;
pub use dialer::{Dialer, Edit, Reader, Remark};
pub use key_tones::key_tones;
pub use line::{Line, LineEffect, LineEvent, LineStatus, OfflineReason, TokenFailure};
pub use lived_clock::LivedClock;
pub use missed::MissedCalls;
pub use notify::{Notify, Permission};
pub use ring_focus::{RingFocus, ring_focus};
pub use shortcut::{Held, written_by};
pub use tabs::{Snapshot, Tabs, TabsEffect, TabsEvent};
pub use unseen::Unseen;
