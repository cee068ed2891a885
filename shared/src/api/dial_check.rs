use serde::{Deserialize, Serialize};

use super::Refusal;

/// `POST api/dial_check`, session: would the server dial this? A body, not a query, which logs would keep.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct DialQuestion {
    /// What the user typed, or E.164.
    pub to: String,
}

/// The dial policy's answer at this moment. The server decides again when the call is made.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct DialAnswer {
    /// Why it would not be dialled; `None` when it would be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refusal: Option<Refusal>,
}
