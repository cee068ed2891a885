use shared::{PhoneNumber, api::paths};

use super::finding::Finding;
use crate::{
    config::PublicUrl,
    connect::resource::{Resource, Slot},
    twilio::rest::RestError,
};

/// Numbers whose calls come here, but that no line has.
pub(super) fn numbers_without_line(
    lines: &[PhoneNumber],
    public_url: &PublicUrl,
    numbers: &Result<Vec<Resource>, RestError>,
) -> Option<Finding> {
    let numbers = numbers.as_ref().ok()?;
    let here = public_url.join(paths::CALL_INCOMING);
    let strays: Vec<_> = numbers
        .iter()
        .filter(|number| number.setting(Slot::VoiceUrl).text == here)
        .filter(|number| !lines.iter().any(|line| line.as_str() == number.name))
        .map(|number| number.name.clone())
        .collect();
    let Some(first) = strays.first() else {
        return Some(Finding::fine("strays", "every number whose calls come here has a line"));
    };
    Some(Finding::wrong(
        "strays",
        format!("calls to {} come here, but no line has the number: callers hear so", strays.join(", ")),
        format!("Add the line: sidetone line add {first}"),
    ))
}
