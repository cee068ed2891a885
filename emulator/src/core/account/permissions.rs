//! Voice dialing permissions: which countries the account may call.

use std::collections::BTreeMap;

use super::countries::COUNTRIES;
use super::country::Country;

impl Country {
    /// Every country, by ISO code.
    #[must_use]
    pub fn all() -> &'static [Country] {
        &COUNTRIES
    }

    /// The country with this ISO code, in capitals.
    #[must_use]
    pub fn by_iso(iso_code: &str) -> Option<&'static Country> {
        COUNTRIES.iter().find(|country| country.iso_code == iso_code)
    }

    /// The country that a number in E.164 form is in: the one with the longest beginning that fits.
    #[must_use]
    pub fn of_number(phone_number: &str) -> Option<&'static Country> {
        let digits = phone_number.strip_prefix('+')?;
        let fit = |country: &&'static Country| {
            country
                .beginnings
                .iter()
                .filter(|start| digits.starts_with(**start))
                .map(|start| start.len())
                .max()
        };
        COUNTRIES.iter().filter(|country| fit(country).is_some()).max_by_key(fit)
    }

    /// The country whose switch counts for this one: its own, or that of the country it cannot be told apart from.
    #[must_use]
    pub fn switch(&'static self) -> &'static Country {
        if !self.beginnings.is_empty() {
            return self;
        }
        let main = |other: &&'static Country| other.beginnings.first() == Some(&self.calling_code);
        COUNTRIES.iter().find(main).unwrap_or(self)
    }
}

/// What may be called in one country.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Permission {
    /// Ordinary numbers. The emulator looks at nothing else.
    pub low_risk: bool,
    /// Special services.
    pub high_risk_special: bool,
    /// Ranges that fraud is known from.
    pub high_risk_tollfraud: bool,
}

impl Permission {
    /// Everything is allowed.
    pub const ALL: Self = Self { low_risk: true, high_risk_special: true, high_risk_tollfraud: true };
    /// Nothing is allowed.
    pub const NONE: Self = Self { low_risk: false, high_risk_special: false, high_risk_tollfraud: false };
}

/// The permissions of an account. Everything is allowed at first, unlike in a new account of Twilio.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Permissions {
    changed: BTreeMap<String, Permission>,
}

impl Permissions {
    /// What may be called in this country.
    #[must_use]
    pub fn of(&self, country: &'static Country) -> Permission {
        self.changed.get(country.switch().iso_code).copied().unwrap_or(Permission::ALL)
    }

    /// Changes what may be called in a country; nothing happens when there is no such country.
    pub fn set(&mut self, iso_code: &str, permission: Permission) {
        if let Some(country) = Country::by_iso(iso_code) {
            self.changed.insert(country.switch().iso_code.to_owned(), permission);
        }
    }

    /// Whether a number may be called. One that is in no country may not.
    #[must_use]
    pub fn allow(&self, phone_number: &str) -> bool {
        Country::of_number(phone_number).is_some_and(|country| self.of(country).low_risk)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_in_their_countries() {
        for (number, iso) in [
            ("+815031234567", "JP"),
            ("+12025550143", "US"),
            ("+18765550143", "JM"),
            ("+77012345678", "KZ"),
            ("+74951234567", "RU"),
            ("+4915112345678", "DE"),
            ("+390669812345", "VA"),
            ("+390612345678", "IT"),
            ("+35812345678", "FI"),
        ] {
            assert_eq!(Country::of_number(number).map(|country| country.iso_code), Some(iso), "{number}");
        }
        assert_eq!(Country::of_number("+999123456"), None);
        assert_eq!(Country::of_number("815031234567"), None);
    }

    #[test]
    fn the_list_is_in_order_without_doubles() {
        let codes: Vec<_> = Country::all().iter().map(|country| country.iso_code).collect();
        assert!(codes.is_sorted_by(|left, right| left < right));
    }

    #[test]
    fn canada_has_the_switch_of_the_united_states() {
        let mut permissions = Permissions::default();
        assert!(permissions.allow("+14165550143"));
        permissions.set("CA", Permission::NONE);
        assert!(!permissions.allow("+12025550143"));
        assert!(permissions.allow("+18765550143") && permissions.allow("+815031234567"));
        assert!(!permissions.allow("+999123456"));
    }
}
