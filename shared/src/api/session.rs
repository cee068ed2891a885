use serde::{Deserialize, Serialize};

use crate::PhoneNumber;

/// `POST api/session`. The number is what the user typed; the server normalises it.
#[derive(Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    pub phone_number: String,
    /// The passcode, or the one-time code of a line that has no passcode yet.
    pub passcode: String,
    /// With a one-time code: the passcode that the user chooses. Without it the server answers
    /// [`super::ErrorCode::NewPasscodeNeeded`] to a right one-time code, and the code stays good.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new_passcode: Option<String>,
}

/// Who is signed in. The softphone's own number is all it knows of itself; the client name stays on the server.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Session {
    pub phone_number: PhoneNumber,
    /// Its user may look after all lines.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub admin: bool,
}

/// `POST api/passcode`, session: changes the passcode and signs out every other device.
#[derive(Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct PasscodeChange {
    /// The present passcode.
    pub passcode: String,
    pub new_passcode: String,
}

/// One element of `GET api/devices`, session: a browser in which the line is signed in, most recently used first.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct SignedInDevice {
    /// For `DELETE api/devices/{id}`; says nothing about the session's secret.
    pub id: String,
    /// Such as "Chrome on Windows".
    pub name: String,
    /// Seconds since the Unix epoch.
    pub signed_in_at: i64,
    /// Seconds since the Unix epoch, exact to some minutes.
    pub last_seen_at: i64,
    /// The device that asks.
    pub current: bool,
}

/// `GET api/sign_in_options`: how one can sign in besides number and passcode.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub struct SignInOptions {
    /// Name of the OpenID Connect provider, such as "Google"; the browser goes to `api/openid/start`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub openid: Option<String>,
}
