//! The way in: credentials, a first passcode, the demo's lines.

mod attempt;
mod blocked;
mod choose_passcode;
mod credentials;
mod demo_lines;
mod form_error;
mod new_passcode;
mod page;

pub(crate) use form_error::FormError;
pub(crate) use new_passcode::{NewPasscode, NewPasscodeFields};
pub(crate) use page::sign_in_page;
