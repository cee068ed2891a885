//! A recording that goes on, or that is not ready to be heard.

use crate::core::twiml::Record;
use crate::core::webhook::Params;

/// A recording and who waits for it.
#[derive(Debug)]
pub(super) struct Take {
    pub(super) recording: String,
    /// The leg.
    pub(super) sid: String,
    /// Where the leg's document stood.
    pub(super) step: u64,
    /// The verb; its URLs are absolute.
    pub(super) verb: Record,
    /// What becomes of the call.
    pub(super) then: Then,
}

/// What becomes of the call when its recording is there.
#[derive(Debug)]
pub(super) enum Then {
    /// The document goes on; this key ended the recording.
    GoOn(Option<char>),
    /// The caller is gone; its action is told this.
    HungUp(Params),
    /// The leg does something else.
    Nothing,
}
