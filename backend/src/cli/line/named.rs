use anyhow::{Context, Result};
use shared::PhoneNumber;

/// The line that is named on the command line.
pub(super) fn parse(number: &str) -> Result<PhoneNumber> {
    PhoneNumber::parse(number, None).with_context(|| format!("“{number}” is no phone number"))
}

pub(super) fn no_line(number: &PhoneNumber) -> String {
    format!("there is no line with the number {}", number.international())
}
