use serde::{Deserialize, Serialize};

use crate::PhoneNumber;

/// `POST api/session`. The number is what the user typed; the server normalises it.
#[derive(Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    pub phone_number: String,
    pub passcode: String,
}

/// Who is signed in. The softphone's own number is all it knows of itself; the client name stays on the server.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Session {
    pub phone_number: PhoneNumber,
}
