//! The emulator from outside: a WebSocket client in the place of the SDK, a small TwiML application, scripted phones.

mod application;
mod bad_input;
mod browser;
mod incoming;
mod lifetime;
mod outgoing;
mod phones;
mod reconnect;
mod registration;
mod token;
mod world;
