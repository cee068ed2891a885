//! What the fuzz targets assert. `make fuzz` runs them with ever new inputs; the ordinary tests replay the inputs that
//! were kept (`tests/tests/corpus.rs`).
//!
//! Every input is lines of text, so that a kept one can be read.

mod configuration;
mod form;
mod phone;
mod signature;
mod site;
mod twiml;

pub use configuration::configuration;
pub use form::form;
pub use phone::phone;
pub use signature::signature;
