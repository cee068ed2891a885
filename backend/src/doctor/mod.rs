//! What `sidetone doctor` looks at: everything that is known to keep a phone from ringing, and how to mend it.
//!
//! [`examine()`] gathers facts (the account, the server through its public URL, this machine) and asks one file for each
//! trap. The verdicts are pure functions of the facts.

mod account;
mod application;
mod caller_id;
mod certificate;
mod clock;
mod edges;
mod examine;
mod facts;
mod finding;
mod key;
mod lines;
mod page;
mod permissions;
mod public_url;
mod sign_in;
mod signature;
mod store;
mod strays;
mod token;
mod web;

pub use examine::{Subject, examine};
pub use finding::{Finding, Report, Verdict};
