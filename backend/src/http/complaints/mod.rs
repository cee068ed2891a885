//! What strangers can bring about as often as they like, as it stands in the log.

mod counts;
mod log;

pub(crate) use log::{ComplaintLog, Kind};
