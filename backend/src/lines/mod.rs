//! Lines: Twilio's numbers, each with its user.
//!
//! - [`mod@line`]: one of them; `credential`, [`email`]: what its user signs in with
//! - `LineLimits`: how much it may dial, where that is a matter of its own
//! - `directory`: the lines as a TwiML answer needs them, which must not fail when the store does
//! - `store`: the lines in the store; `routes`: the access token that makes a line's softphone reachable

mod credential;
mod directory;
pub mod email;
pub mod line;
mod routes;
pub(crate) mod store;

pub use credential::Credential;
pub(crate) use directory::Directory;
pub use line::Line;
pub(crate) use routes::configure;
pub use shared::api::LineLimits;
pub use store::{Changed, LineStore};
