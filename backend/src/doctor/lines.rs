use shared::PhoneNumber;

use super::{application::differences, finding::Finding};
use crate::{
    config::PublicUrl,
    connect::{plan, resource::Resource},
    twilio::rest::RestError,
};

/// Each line's number is the account's, and its calls come here.
pub(super) fn numbers_of_lines(
    lines: &[PhoneNumber],
    public_url: &PublicUrl,
    numbers: &Result<Vec<Resource>, RestError>,
) -> Vec<Finding> {
    let numbers = match numbers {
        Ok(numbers) => numbers,
        Err(error) => return vec![Finding::failed("line", error)],
    };
    if lines.is_empty() {
        let says = "there are no lines: nobody can sign in";
        return vec![Finding::warning("line", says, "Run sidetone connect and choose numbers.")];
    }
    let shall = plan::of_number(public_url);
    lines
        .iter()
        .map(|line| {
            let shown = line.international();
            let Some(number) = numbers.iter().find(|number| number.name == line.as_str()) else {
                return Finding::wrong(
                    "line",
                    format!(
                        "the line {shown} has no number in the account: it can neither call nor be called"
                    ),
                    format!("Buy the number again, or remove the line: sidetone line remove {line}"),
                );
            };
            match differences(number, &shall) {
                None => Finding::fine("line", format!("calls to {shown} come here")),
                Some(says) => Finding::wrong(
                    "line",
                    format!("calls to {shown} do not all come here: {says}"),
                    format!("Run sidetone connect --number {line}"),
                ),
            }
        })
        .collect()
}
