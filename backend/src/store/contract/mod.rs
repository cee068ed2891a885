//! What every store must do. One suite; each engine runs it on an empty store.

mod audit;
mod busy;
mod calls;
mod dials;
mod fixtures;
mod lines;
mod sessions;
mod sign_ins;
mod sqlite;
