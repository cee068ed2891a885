//! Whole numbers within bounds, in the file or as a text in the environment.

use super::{
    fault::{Fault, fault},
    raw::Seconds,
};

/// `of` names what is counted, such as " of seconds"; it may be empty.
pub(super) fn number(
    key: &'static str,
    of: &str,
    raw: Option<Seconds>,
    (low, high): (u32, u32),
    faults: &mut Vec<Fault>,
) -> Option<u32> {
    let value = match raw? {
        Seconds::Number(value) => Some(value),
        Seconds::Text(text) => text.trim().parse().ok(),
        Seconds::Other(_) => None,
    };
    let good = value.filter(|value| (low..=high).contains(value));
    if good.is_none() {
        fault(faults, key, format!("must be a whole number{of} from {low} to {high}"));
    }
    good
}
