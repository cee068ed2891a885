//! The scenarios of the README's test command, one file per story.

mod edges;
mod handset;
mod hygiene;
mod incoming;
mod keypad;
mod outgoing;
mod page_policy;
mod proxy;
mod reasons;
mod recovery;
mod sign_in;
mod two_lines;
mod webhooks;
