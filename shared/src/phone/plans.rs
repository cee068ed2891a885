//! The number plans of all countries: one text, read where it stands.
//!
//! `scripts/phone_plans.py` makes it from Google's libphonenumber (Apache-2.0). A line is a calling code, its fields apart by
//! tabs: the calling code, the country, what is dialled before national numbers (`0`, or several, the first the common
//! one), what is dialled before international ones, all valid national numbers, the rules by which other digits become
//! one ([`super::rules`]), the emergency numbers, then the ways to write numbers ([`super::shape`]). A line that begins with a
//! tab is another country with the calling code of the line before: its code, what it dials before international
//! numbers, the beginnings of its own, its rules, its emergency numbers. What is a pattern is one of [`super::pattern`].

use std::sync::LazyLock;

use super::pattern::{self, Fit};

static PLANS: &str = include_str!("plans.txt");

/// Every number that the server reads begins with one.
static BY_CODE: LazyLock<Vec<Plan>> = LazyLock::new(|| {
    let mut all: Vec<_> = plans().collect();
    all.sort_unstable_by_key(|plan| plan.calling_code());
    all
});

/// Everything about one calling code.
#[derive(Clone, Copy)]
pub(super) struct Plan(&'static str);

impl Plan {
    /// The plan that these digits, which follow a `+`, begin with; and the digits behind the calling code.
    pub(super) fn of(digits: &str) -> Option<(Self, &str)> {
        // No calling code is the beginning of another, and none has more digits.
        (1..=3).find_map(|length| {
            let (code, national) = digits.split_at_checked(length)?;
            let place = BY_CODE.binary_search_by(|plan| plan.calling_code().cmp(code)).ok()?;
            Some((*BY_CODE.get(place)?, national))
        })
    }

    pub(super) fn calling_code(self) -> &'static str {
        self.field(0)
    }

    /// Dialled before national numbers, the common one first.
    pub(super) fn trunks(self) -> impl Iterator<Item = &'static str> {
        self.field(2).split('|').filter(|trunk| !trunk.is_empty())
    }

    /// Whether these digits, which follow the calling code, are a number.
    pub(super) fn fit(self, national: &str) -> Fit {
        pattern::whole(self.field(4), national)
    }

    pub(super) fn shapes(self) -> impl Iterator<Item = &'static str> {
        self.0.split('\t').skip(7)
    }

    /// The rules by which other digits become a number, in any of its countries.
    pub(super) fn rules(self) -> &'static str {
        self.field(5)
    }

    /// The country that these digits, which follow the calling code, are of; `None` for numbers of no country.
    pub(super) fn country(self, national: &str) -> Option<CountryEntry> {
        let mut here = entries().skip_while(|entry| entry.plan.0 != self.0);
        let main = here.next()?;
        let other = here
            .take_while(|entry| entry.plan.0 == self.0)
            .find(|entry| !entry.own.is_empty() && pattern::beginning(entry.own, national) == Fit::Yes);
        other.or(Some(main).filter(|main| !main.code.is_empty()))
    }

    fn field(self, index: usize) -> &'static str {
        self.0.split('\t').nth(index).unwrap_or_default()
    }
}

/// A country within a plan.
#[derive(Clone, Copy)]
pub(super) struct CountryEntry {
    pub(super) plan: Plan,
    /// ISO 3166-1 alpha-2; empty for numbers of no country.
    pub(super) code: &'static str,
    /// Dialled before international numbers, as a pattern.
    pub(super) exit: &'static str,
    /// Beginnings of its numbers, as a pattern; empty for the country that has all others.
    own: &'static str,
    /// The rules by which other digits become a number.
    pub(super) rules: &'static str,
    /// Its emergency numbers, as a pattern; those that every mobile network knows may be missing.
    pub(super) emergency: &'static str,
}

/// Every country, those of a calling code one after the other, the largest first.
pub(super) fn entries() -> impl Iterator<Item = CountryEntry> {
    let mut plan = Plan("");
    PLANS.lines().map(move |line| {
        let mut fields = line.split('\t').skip(1);
        let mut next = || fields.next().unwrap_or_default();
        let code = next();
        let is_other = line.starts_with('\t');
        if !is_other {
            plan = Plan(line);
            next();
        }
        // Of the main country, all valid numbers stand where others have the beginnings of theirs.
        let (exit, numbers) = (next(), next());
        let own = if is_other { numbers } else { "" };
        CountryEntry { plan, code, exit, own, rules: next(), emergency: next() }
    })
}

fn plans() -> impl Iterator<Item = Plan> {
    PLANS.lines().filter(|line| !line.starts_with('\t')).map(Plan)
}
