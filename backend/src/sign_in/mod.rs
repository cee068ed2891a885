//! Who is who.
//!
//! - [`passcode`], [`one_time_code`], [`browser_secret`], [`session`], [`device_name`]: what is known and shown
//! - [`throttle`]: how often somebody may try
//! - `desk`: what all ways to sign in share; `passcodes`: argon2, a few at a time; `openid`: OpenID Connect
//! - `devices`: where a line is signed in
//! - `signed_in`: what handlers ask for that need a session; `cookies`: what a browser keeps; `store`: sessions, known devices and failures in the store
//! - `routes`: session, passcode, devices, OpenID Connect

pub mod browser_secret;
pub(crate) mod cookies;
pub(crate) mod desk;
pub mod device_name;
mod devices;
pub mod one_time_code;
pub(crate) mod openid;
pub mod passcode;
pub(crate) mod passcodes;
mod routes;
pub mod session;
mod signed_in;
pub(crate) mod store;
pub mod throttle;

pub(crate) use devices::signed_in_devices;
pub(crate) use routes::configure;
pub(crate) use signed_in::{InSession, SignedIn};
pub use store::{Attempt, SessionStore, SignInStore};
