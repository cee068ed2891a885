//! For the softphone.

pub(super) mod calls;
pub(super) mod demo;
pub(super) mod dial_check;
pub(super) mod session;
pub(super) mod token;
