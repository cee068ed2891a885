use shared::PhoneNumber;

use super::finding::Finding;
use crate::{
    connect::resource::Resource,
    twilio::rest::{CallerId, RestError},
};

/// Twilio takes a line's number as caller id when the account owns or has verified it.
pub(super) fn caller_ids(
    lines: &[PhoneNumber],
    numbers: &Result<Vec<Resource>, RestError>,
    verified: &Result<Vec<CallerId>, RestError>,
) -> Option<Finding> {
    let verified = match verified {
        Ok(verified) => verified,
        Err(error) => return Some(Finding::failed("caller_id", error)),
    };
    // That numbers cannot be listed is said elsewhere.
    let numbers = numbers.as_ref().ok()?;
    if lines.is_empty() {
        return None;
    }
    let known = |line: &PhoneNumber| {
        numbers.iter().any(|number| number.name == line.as_str())
            || verified.iter().any(|caller_id| caller_id.phone_number == line.as_str())
    };
    let unknown: Vec<_> = lines.iter().filter(|line| !known(line)).map(PhoneNumber::international).collect();
    if unknown.is_empty() {
        return Some(Finding::fine("caller_id", "every line may show its number when it calls"));
    }
    Some(Finding::wrong(
        "caller_id",
        format!("Twilio refuses calls that show {} (error 13214)", unknown.join(", ")),
        "Verify the number (Twilio's console: Phone Numbers > Verified Caller IDs), or remove the line.",
    ))
}
