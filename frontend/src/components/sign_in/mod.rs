//! The way in: credentials, a first passcode, the demo's lines.

mod blocked;
mod choose_passcode;
mod credentials;
mod demo_lines;
mod new_passcode;
mod page;

pub(crate) use new_passcode::{NewPasscode, NewPasscodeFields};
pub(crate) use page::FormError;
pub(crate) use page::sign_in_page;
