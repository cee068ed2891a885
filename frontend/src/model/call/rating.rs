use serde::{Deserialize, Serialize};
use shared::api::{CallIssue, CallRating, CallScore};

/// What the user thinks of a call, and whether the server has it.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Rating {
    pub rating: CallRating,
    pub keeping: Keeping,
}

/// Where a rating is.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub enum Keeping {
    OnItsWay,
    /// With the call's record.
    Kept,
    Failed,
}

impl Rating {
    pub(super) fn new(rating: CallRating) -> Self {
        Self { rating, keeping: Keeping::OnItsWay }
    }

    /// Nothing to complain of.
    pub fn is_good(self) -> bool {
        self.rating.score == CallScore::BEST
    }
}

/// What a user means who says "good", or "bad", and then what was wrong. Twilio's scale (the SDK's `Call.FeedbackScore`): 1 is
/// for a call in which nobody could talk.
pub fn opinion(good: bool, issue: Option<CallIssue>) -> CallRating {
    match (good, issue) {
        (true, _) => CallRating { score: CallScore::BEST, issue: None },
        (false, Some(CallIssue::OneWayAudio | CallIssue::DroppedCall)) => {
            CallRating { score: CallScore::WORST, issue }
        }
        (false, _) => CallRating { score: CallScore::BAD, issue },
    }
}
