//! The HTTP surface: every URL and every JSON shape, once.
//!
//! Requests deny unknown fields, so that a misspelt field is an error and not a silent default.
//! Responses do not: an older page must be able to read a newer server.

mod admin;
mod call;
pub mod contacts;
mod demo;
mod dial_check;
mod error;
pub mod events;
mod far_end;
mod limits;
mod outcome;
pub mod paths;
mod session;
mod sign_in_failure;
mod token;

#[cfg(test)]
mod tests;

pub use admin::{
    AdminLine, AdminLines, AuditEntry, AuditPage, AuditTheme, LineChange, LineSettings, LineSignIn,
    NewLimits, NewLine, OneTimeCode, UsualLimits,
};
pub use call::{
    ATTEMPT_PARAM, CallDirection, CallIssue, CallOutcome, CallRating, CallRecord, CallScore, MissedCall,
    MissedCalls, Refusal,
};
pub use demo::{DemoLine, DemoPhone, DemoPhoneKind, DemoWorld};
pub use dial_check::{DialAnswer, DialQuestion};
pub use error::{ErrorBody, ErrorCode, Wait};
pub use far_end::{FarEnd, FarEndQuestion};
pub use limits::{LimitFault, LineLimits};
pub use session::{PasscodeChange, Session, SignIn, SignInOptions, SignedInDevice};
pub use sign_in_failure::{SIGN_IN_ERROR_PARAM, SignInFailure};
pub use token::{AccessToken, PlainSignaling, Signaling};
