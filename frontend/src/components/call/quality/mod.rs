//! How well both ends hear each other: a lamp, a sentence, and the figures of the call.

mod chart;
mod lamp;

pub(super) use chart::chart_part;
pub(crate) use lamp::Advice;
pub(super) use lamp::Lamp;
