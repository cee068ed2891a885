use serde::{Deserialize, Serialize};

use crate::PhoneNumber;

/// `POST api/far_end`, session: who and where is the phone of this number? A body, not a query, which logs would keep.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct FarEndQuestion {
    pub number: PhoneNumber,
}

/// What the server knows of the phone at the far end; the country is in the number. No field is left out when it is written:
/// tabs tell it to each other in a form that counts fields.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub struct FarEnd {
    /// Of the line's contact, else the label of a line of this server.
    #[serde(default)]
    pub name: Option<String>,
    /// IANA time zones that the phone may be in; empty where they are too many to tell a time.
    #[serde(default)]
    pub time_zones: Vec<String>,
}
