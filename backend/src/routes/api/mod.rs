//! For the softphone.

pub(super) mod calls;
pub(super) mod demo;
pub(super) mod devices;
pub(super) mod dial_check;
pub(super) mod far_end;
pub(super) mod missed_calls;
pub(super) mod openid;
pub(super) mod passcode;
pub(super) mod session;
pub(super) mod token;
