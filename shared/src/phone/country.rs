use std::fmt;

use super::pattern;
use super::plans::{CountryEntry, Plan, entries};

static NAMES: &str = include_str!("names.txt");

/// A country or territory with phone numbers of its own.
#[derive(Clone, Copy)]
pub struct Country(CountryEntry);

impl Country {
    pub(super) fn new(entry: CountryEntry) -> Self {
        Self(entry)
    }

    /// By ISO 3166-1 alpha-2 code, such as `JP`.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::all().find(|country| country.code() == code)
    }

    /// Every country, by calling code.
    pub fn all() -> impl Iterator<Item = Self> {
        entries().filter(|entry| !entry.code.is_empty()).map(Self)
    }

    /// ISO 3166-1 alpha-2, such as `JP`.
    pub fn code(self) -> &'static str {
        self.0.code
    }

    /// Such as `81`; several countries may share one.
    pub fn calling_code(self) -> &'static str {
        self.0.plan.calling_code()
    }

    /// Of several countries that share a calling code, the one that has all numbers which are no other's.
    pub fn is_largest_of_its_code(self) -> bool {
        Self::all().find(|country| country.calling_code() == self.calling_code()) == Some(self)
    }

    /// English name, such as `Japan`. For the server's command line; browsers know the names in every language.
    pub fn name(self) -> &'static str {
        let named = |line: &'static str| line.split_once('\t').filter(|(code, _)| *code == self.code());
        NAMES.lines().find_map(named).map_or(self.code(), |(_, name)| name)
    }

    pub(super) fn plan(self) -> Plan {
        self.0.plan
    }

    /// How other digits become numbers of this country.
    pub(super) fn rules(self) -> &'static str {
        self.0.rules
    }

    /// Its emergency numbers, as a pattern.
    pub(super) fn emergency(self) -> &'static str {
        self.0.emergency
    }

    /// How many of the digits, from the first, say that an international number follows.
    pub(super) fn exit_code_in(self, digits: &str) -> Option<usize> {
        pattern::taken(self.0.exit, digits).filter(|&taken| taken > 0)
    }
}

impl PartialEq for Country {
    fn eq(&self, other: &Self) -> bool {
        self.code() == other.code()
    }
}

impl Eq for Country {}

impl fmt::Debug for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Country({})", self.code())
    }
}
