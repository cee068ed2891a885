//! Whom a line may dial, and how much.
//!
//! - [`number_facts`], `time_zones`: what is known of a number
//! - [`policy`]: whom; [`limits`]: how much
//! - `desk`: both together, with the store; `ledger`: stands in for a store that is down
//! - `store`: what was dialled; `routes`: what the page asks before it dials

mod desk;
mod ledger;
pub mod limits;
pub mod number_facts;
pub mod policy;
mod routes;
pub(crate) mod store;
mod time_zones;

pub(crate) use desk::{Callee, Dialling};
pub use ledger::DialLedger;
pub(crate) use routes::configure;
pub use store::DialStore;
pub use time_zones::time_zones;
