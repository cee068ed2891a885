//! Twilio Voice on one machine: signaling, WebRTC audio, TwiML, signed webhooks, and the phones on the other side.
//!
//! [`Emulator::start`] runs it in threads of its own; the handle scripts phones, injects faults and reads the
//! timeline. The map of the crate:
//!
//! | Module | Is |
//! |---|---|
//! | [`core`] | the telephone company as pure state machines; it never names the rim |
//! | [`core::account`] | the account while it lives: keys, TwiML Apps, numbers, dialing permissions |
//! | [`core::rest`] | the REST API: requests and answers are inputs and effects of the exchange |
//! | [`core::config`] | what the emulator is started with |
//! | [`core::token`] | access tokens are read and judged here |
//! | [`core::signaling`] | the SDK's messages, the state of one socket, who is registered |
//! | [`core::twiml`] | the TwiML reader: a document becomes typed verbs |
//! | [`core::webhook`] | parameters and signature of requests to the application, and its answers |
//! | [`core::call`] | legs, their states, the state of a running document and of a running `<Dial>` |
//! | [`core::phones`] | external phones: what they do, and where their calls stand |
//! | [`core::media`] | audio: sounds, keys, codecs, one browser's connection, who hears whom |
//! | [`core::recordings`] | what was recorded, and its files |
//! | [`core::timeline`] | what can be said of what happened |
//! | [`core::exchange`] | the telephone exchange, which owns all of the above |
//! | [`rim`] | sockets, threads, clocks and pages, above the core |
//! | [`rim::link`] | the way to the exchange from any thread, and what is known of it |
//! | [`rim::webhook`] | sends requests to the application |
//! | [`rim::media`] | the thread and the UDP sockets of all audio |
//! | [`rim::phones`] | external phones, scripted from Rust |
//! | [`rim::http`] | the `/signal` WebSocket, the REST API's socket, the pages for people, the SDK's sounds and reports |
//! | [`rim::runtime`] | runs the exchange: threads, timers, sockets, requests, media commands |

pub mod core;
pub mod rim;

pub use crate::core::account::{
    self, Account, AccountChange, AccountKind, AccountState, AccountStatus, KeyKind, Number, Permission,
};
pub use crate::core::call::{CallInfo, CallStatus, Direction};
pub use crate::core::config::{Config, Timing, Tls, TokenRefusal};
pub use crate::core::media::{Heard, Sound};
pub use crate::core::phones::{Attestation, Behaviour, CallError, EndReason, PhoneCallStatus, PhoneSeed};
pub use crate::core::timeline::{Entry, Event, FaultKind};
pub use crate::core::{Method, webhook};
pub use crate::rim::link::{DisturbCallbacks, Disturbance, FailRest, Leftovers, RestCall, Timeline};
pub use crate::rim::phones::{Phone, PhoneCall, PhoneWaitError};
pub use crate::rim::{Emulator, StartError, WaitError};
