//! Requests to the application: what they say, how they are signed, how answers are read.

mod audio;
mod overrides;
mod params;
mod recording;
mod reply;
mod request;
mod sign;

pub use audio::{AudioFault, decode, is_audio};
pub use overrides::{Failure, Overrides};
pub use params::{Params, dial_action, dial_status, inbound, standard, status_callback};
pub use recording::{record_action, recording_callback, recording_url};
pub use reply::{Answer, Reply, answer, retrieval};
pub use request::{Request, follow, resolve};
pub use sign::{Signer, signature};
