//! For Twilio: reachable with its signature only.

mod answer;
pub(super) mod call_incoming;
pub(super) mod call_outgoing;
pub(super) mod call_status;
pub(super) mod dial_action;
pub(super) mod signature_check;
