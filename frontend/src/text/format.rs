//! What is said by rules and not by messages: the browser knows them for every language. Tests outside a browser get English.

/// Of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    Minute,
    Hour,
    Day,
}

impl Unit {
    /// As `Intl` and English call it.
    fn name(self) -> &'static str {
        match self {
            Self::Minute => "minute",
            Self::Hour => "hour",
            Self::Day => "day",
        }
    }
}

#[cfg(target_arch = "wasm32")]
mod rules {
    use super::super::current;
    use super::Unit;
    use crate::browser::{intl, places};
    use shared::Country;

    /// Unicode's plural category of a number.
    pub(crate) fn plural_form(count: u32) -> String {
        intl::plural_form(current().tag, count)
    }

    /// “3 days ago”.
    pub fn ago(count: i64, unit: Unit) -> String {
        intl::ago(current().tag, count as f64, unit.name())
    }

    /// A moment, in seconds since the Unix epoch, as “Dec 1, 2026, 9:15 AM”.
    pub fn date_time(at_s: i64) -> String {
        // Browsers know no later one, and none that is so much earlier.
        const LAST_MS: f64 = 8.64e15;
        intl::date_time(current().tag, (at_s as f64 * 1000.0).clamp(-LAST_MS, LAST_MS))
    }

    /// What a country is called.
    pub fn country_name(country: Country) -> String {
        places::country_name(current().tag, country.code())
    }
}

#[cfg(not(target_arch = "wasm32"))]
mod rules {
    use super::super::current;
    use super::Unit;
    use shared::Country;

    /// Unicode's plural category of a number.
    pub(crate) fn plural_form(count: u32) -> &'static str {
        if current().tag == "en" && count == 1 { "one" } else { "other" }
    }

    /// “3 days ago”.
    pub fn ago(count: i64, unit: Unit) -> String {
        let plural = if count == 1 { "" } else { "s" };
        format!("{count} {}{plural} ago", unit.name())
    }

    /// A moment, in seconds since the Unix epoch.
    pub fn date_time(at_s: i64) -> String {
        at_s.to_string()
    }

    /// What a country is called.
    pub fn country_name(country: Country) -> String {
        country.name().to_owned()
    }
}

pub(super) use rules::plural_form;
pub use rules::{ago, country_name, date_time};
