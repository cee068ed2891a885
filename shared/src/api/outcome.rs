use serde::{Deserialize, Serialize};

use super::{CallOutcome, Refusal};

/// [`CallOutcome`] as JSON has it. Not serde's `tag`: reading that needs a copy of any JSON there may be, and 3 KB of code
/// that the browser downloads.
#[derive(Clone, Copy, Deserialize, Serialize)]
pub(super) struct Wire {
    status: Status,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reason: Option<Refusal>,
}

#[derive(Clone, Copy, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
enum Status {
    Ringing,
    InProgress,
    Completed,
    Busy,
    NoAnswer,
    Failed,
    Canceled,
    Refused,
}

impl TryFrom<Wire> for CallOutcome {
    type Error = &'static str;

    fn try_from(Wire { status, reason }: Wire) -> Result<Self, Self::Error> {
        Ok(match (status, reason) {
            (Status::Ringing, _) => Self::Ringing,
            (Status::InProgress, _) => Self::InProgress,
            (Status::Completed, _) => Self::Completed,
            (Status::Busy, _) => Self::Busy,
            (Status::NoAnswer, _) => Self::NoAnswer,
            (Status::Failed, _) => Self::Failed,
            (Status::Canceled, _) => Self::Canceled,
            (Status::Refused, Some(reason)) => Self::Refused { reason },
            (Status::Refused, None) => return Err("a refused call needs a reason"),
        })
    }
}

impl From<CallOutcome> for Wire {
    fn from(outcome: CallOutcome) -> Self {
        let (status, reason) = match outcome {
            CallOutcome::Ringing => (Status::Ringing, None),
            CallOutcome::InProgress => (Status::InProgress, None),
            CallOutcome::Completed => (Status::Completed, None),
            CallOutcome::Busy => (Status::Busy, None),
            CallOutcome::NoAnswer => (Status::NoAnswer, None),
            CallOutcome::Failed => (Status::Failed, None),
            CallOutcome::Canceled => (Status::Canceled, None),
            CallOutcome::Refused { reason } => (Status::Refused, Some(reason)),
        };
        Self { status, reason }
    }
}
