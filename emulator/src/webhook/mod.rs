//! Requests to the application: what they say, how they are signed, how they are sent.

mod audio;
mod failure;
mod params;
mod reply;
mod request;
mod send;
mod sign;

pub use audio::decode_wav;
pub use params::{Params, dial_action, dial_status, inbound, standard, status_callback};
pub use reply::{Fault, Reply, document, retrieval};
pub use request::{Request, resolve};
pub use send::Sender;
pub use sign::{Signer, signature};
