//! A call, from the first ring to the reason of its end.

mod ended;
mod field;
mod in_call;
mod incoming;
mod panel;

pub(crate) use field::field;
pub(crate) use panel::CallPanel;
