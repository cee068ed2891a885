//! Requests to the application: what they say, how they are signed, how they are sent.

mod audio;
mod cookies;
mod failure;
mod params;
mod reply;
mod request;
mod send;
mod sign;

pub use audio::{AudioFault, decode, is_audio};
pub use cookies::{Jar, Jars};
pub use params::{Params, dial_action, dial_status, inbound, standard, status_callback};
pub use reply::{Answer, Fault, Reply, answer, retrieval};
pub use request::{Request, follow, resolve};
pub use send::Sender;
pub use sign::{Signer, signature};
