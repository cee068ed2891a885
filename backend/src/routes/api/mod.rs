//! For the softphone.

pub(super) mod calls;
pub(super) mod demo;
pub(super) mod session;
pub(super) mod token;
