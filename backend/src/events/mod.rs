//! What happens to a line, told to all of its browsers at once.
//!
//! The table is the truth: an event is written in the transaction of what it tells of, and read in the order in which those
//! have ended. Everything else only says that it is worth looking.
//!
//! - [`event`]: what is told; `store`: the events in the store
//! - `hub`: wakes those that wait for a line's events
//! - `feed`: what one browser is told, in which order, and when that ends; `routes`: the same over HTTP

pub mod event;
mod feed;
mod hub;
mod routes;
pub(crate) mod store;

pub(crate) use hub::Hub;
pub(crate) use routes::configure;
pub use store::EventStore;
