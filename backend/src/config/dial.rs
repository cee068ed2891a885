//! The table `[dial]`: whom lines may dial, and how much.

use super::{
    fault::{Fault, fault, unknown},
    number::number,
    raw::{DialTable, List},
    switch::switch,
};
use crate::dialling::{number_facts::Territory, policy::Countries};

/// Whom lines may dial, and how much. Calls between lines of the server need no phone network: they count as calls at
/// once and use no minutes.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Dial {
    pub countries: Countries,
    /// Whether lines may dial shared-cost numbers, such as Japan's 0570.
    pub shared_cost: bool,
    /// Outgoing calls that one line may have at the same time.
    pub calls_at_once: u32,
    /// Minutes of outgoing calls that one line may use in any 24 hours.
    pub minutes_per_day: u32,
    /// Minutes of outgoing calls that all lines together may use in any 24 hours.
    pub server_minutes_per_day: u32,
}

impl Default for Dial {
    /// Enough for a busy day, and a bill that can be borne when somebody else makes the calls.
    fn default() -> Self {
        Self {
            countries: Countries::LinesOwn,
            shared_cost: false,
            calls_at_once: 2,
            minutes_per_day: 480,
            server_minutes_per_day: 3000,
        }
    }
}

const CALLS_AT_ONCE: (u32, u32) = (1, 100);
/// A line has no more than this many minutes a day, even with a hundred calls at once.
const MINUTES_PER_DAY: (u32, u32) = (1, 144_000);
const SERVER_MINUTES_PER_DAY: (u32, u32) = (1, 10_000_000);

pub(super) fn dial(raw: Option<DialTable>, faults: &mut Vec<Fault>) -> Dial {
    let base = Dial::default();
    let raw = match raw {
        None => return base,
        Some(DialTable::Table(raw)) => raw,
        Some(DialTable::Other(_)) => {
            fault(faults, "dial", "must be a table: a line [dial], and the settings of dialling below it");
            return base;
        }
    };
    unknown("dial.", raw.unknown, faults);
    let mut whole = |key, raw, range| number(key, "", raw, range, faults);
    let calls_at_once = whole("dial.calls_at_once", raw.calls_at_once, CALLS_AT_ONCE);
    let minutes_per_day = whole("dial.minutes_per_day", raw.minutes_per_day, MINUTES_PER_DAY);
    let server = whole("dial.server_minutes_per_day", raw.server_minutes_per_day, SERVER_MINUTES_PER_DAY);
    Dial {
        countries: countries(raw.countries, faults).unwrap_or(base.countries),
        shared_cost: switch("dial.shared_cost", raw.shared_cost, faults).unwrap_or(base.shared_cost),
        calls_at_once: calls_at_once.unwrap_or(base.calls_at_once),
        minutes_per_day: minutes_per_day.unwrap_or(base.minutes_per_day),
        server_minutes_per_day: server.unwrap_or(base.server_minutes_per_day),
    }
}

fn countries(raw: Option<List>, faults: &mut Vec<Fault>) -> Option<Countries> {
    const KEY: &str = "dial.countries";
    let codes = match raw? {
        List::Many(codes) => codes,
        List::One(text) => text.split(',').map(str::to_owned).collect(),
        List::Other(_) => Vec::new(),
    };
    let codes: Vec<_> = codes.iter().map(|code| code.trim()).collect();
    match codes[..] {
        ["*"] => return Some(Countries::All),
        ["own"] => return Some(Countries::LinesOwn),
        _ => {}
    }
    let mut territories = Vec::new();
    for code in &codes {
        match Territory::from_code(code) {
            Some(territory) => territories.push(territory),
            None => {
                // The value is shown cut short: a whole file may have been pasted here.
                let shown: String = code.chars().take(8).collect();
                fault(
                    faults,
                    KEY,
                    format!(
                        "has “{shown}”, which is no country; write two-letter codes of ISO 3166, such as \
                         [\"JP\", \"US\"], or [\"*\"] for every country"
                    ),
                );
                return None;
            }
        }
    }
    if territories.is_empty() {
        fault(
            faults,
            KEY,
            "must list two-letter codes of countries, such as [\"JP\", \"US\"], or [\"*\"] for every country; \
             [\"own\"] is each line's own country",
        );
        return None;
    }
    Some(Countries::These(territories))
}

#[cfg(test)]
#[path = "dial_tests.rs"]
mod tests;
