use serde::{Deserialize, Serialize};

/// Every error of the API has this body.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct ErrorBody {
    pub code: ErrorCode,
    /// One English sentence or two: what is wrong, and what would be right.
    pub message: String,
    /// Where asking again is of use only after a time: that time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wait: Option<Wait>,
}

/// When, and how else, somebody gets in who has to wait.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Wait {
    /// Seconds, as in the header `Retry-After`.
    pub seconds: u32,
    /// Whether a one-time code would be looked at before that.
    pub one_time_code: bool,
}

/// The closed list of what can go wrong, for programs; [`ErrorBody::message`] is for people.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// 400: not JSON, a missing or an unknown field, not UTF-8.
    BadRequest,
    /// 401: number or passcode is wrong; never told which.
    SignInRefused,
    /// 403: the one-time code is right, and the user must choose a passcode ([`super::SignIn::new_passcode`]).
    NewPasscodeNeeded,
    /// 400: the passcode that was chosen is too easy to guess; the message says what would be right.
    PasscodeTooWeak,
    /// 401: no session, or it has ended.
    SignedOut,
    /// 403: the request does not come from where it must (Twilio's signature, same origin).
    Forbidden,
    /// 403: only an admin may.
    NotAdmin,
    /// 409: there is a line with this number.
    LineExists,
    /// 409: nobody would be an admin any more.
    LastAdmin,
    /// 409: an admin would lock themselves out.
    OwnLine,
    /// 409: somebody else has changed it since it was read; read it again.
    Newer,
    /// 409: there are as many as there may be; remove some.
    Full,
    /// 404
    NotFound,
    /// 405
    MethodNotAllowed,
    /// 408: the request did not arrive in time.
    Timeout,
    /// 413
    TooLarge,
    /// 415
    UnsupportedMediaType,
    /// 429; [`ErrorBody::wait`] says for how long.
    TooManyRequests,
    /// 500
    Internal,
    /// 503: the server has too much to do at this moment; asking again in some seconds helps.
    Busy,
    /// 503: the store or a part that the request needs is down; asking again may help.
    Unavailable,
}

impl ErrorCode {
    /// The HTTP status that carries this code.
    pub fn status(self) -> u16 {
        match self {
            Self::BadRequest | Self::PasscodeTooWeak => 400,
            Self::SignInRefused | Self::SignedOut => 401,
            Self::Forbidden | Self::NewPasscodeNeeded | Self::NotAdmin => 403,
            Self::NotFound => 404,
            Self::MethodNotAllowed => 405,
            Self::Timeout => 408,
            Self::LineExists | Self::LastAdmin | Self::OwnLine | Self::Newer | Self::Full => 409,
            Self::TooLarge => 413,
            Self::UnsupportedMediaType => 415,
            Self::TooManyRequests => 429,
            Self::Internal => 500,
            Self::Busy | Self::Unavailable => 503,
        }
    }
}
