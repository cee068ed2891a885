//! Twilio Voice on one machine: signaling, WebRTC audio, TwiML, signed webhooks, and the phones on the other side.
//!
//! [`Emulator::start`] runs it in threads of its own; the handle scripts phones, injects faults and reads the
//! timeline. The map of the crate:
//!
//! | Module | Is |
//! |---|---|
//! | [`account`] | the account while it lives: keys, TwiML Apps, numbers, dialing permissions |
//! | [`rest`] | the REST API of that account |
//! | [`config`] | account, numbers, phones and timings; the JSON configuration file |
//! | [`token`] | access tokens are read and judged here |
//! | [`signaling`] | the `/signal` WebSocket: messages, the state of one socket, who is registered |
//! | [`twiml`] | the TwiML reader: a document becomes typed verbs |
//! | [`webhook`] | parameters, signature and sending of requests to the application |
//! | [`call`] | legs, their states, the state of a running document and of a running `<Dial>` |
//! | [`exchange`] | the telephone exchange: a pure state machine that owns all of the above |
//! | [`runtime`] | runs the exchange: threads, timers, sockets, requests, media commands |
//! | [`media`] | the WebRTC and audio engine |
//! | [`phones`] | external phones, scripted from Rust |
//! | [`control`] | the handset page and the other pages for people |
//! | [`timeline`] | everything that happened, in order |
//! | [`sounds`] | silence, where the SDK looks for its ring tones |
//! | [`insights`] | accepts the event reports of the browser SDK |

pub mod account;
pub mod call;
pub mod config;
pub mod control;
pub mod exchange;
pub mod ids;
pub mod insights;
pub mod media;
pub mod phones;
pub mod rest;
pub mod runtime;
pub mod signaling;
pub mod sounds;
pub mod timeline;
pub mod token;
pub mod twiml;
pub mod webhook;

mod emulator;

pub use account::{AccountChange, AccountKind, AccountState, AccountStatus, KeyKind, Permission};
pub use call::{CallInfo, CallStatus, Direction};
pub use config::{Account, Behaviour, Config, Method, Number, PhoneSeed, Timing, Tls, TokenRefusal};
pub use emulator::{Emulator, StartError, WaitError};
pub use media::{Heard, Sound};
pub use phones::{Attestation, CallError, EndReason, Phone, PhoneCall, PhoneCallStatus, PhoneWaitError};
pub use rest::{FailRest, RestCall};
pub use runtime::Leftovers;
pub use timeline::{Entry, Event, FaultKind, Timeline};
