//! A call, from the first ring to the reason of its end.

mod announcer;
mod badge;
mod ended;
mod far_end;
mod field;
mod head;
mod in_call;
mod incoming;
mod mark;
mod panel;
mod pop_out;
mod quality;
mod rating;
mod sequence;

pub(crate) use announcer::announcer;
pub(crate) use panel::call_panel;
pub(crate) use pop_out::{PopOut, PoppedOut};
pub(crate) use quality::Advice;
