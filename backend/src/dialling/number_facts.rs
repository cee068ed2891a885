//! What a phone number is, by the metadata of Google's libphonenumber: of which country, and of which kind.
//!
//! The only file that names the crate (`rlibphonenumber`). It was chosen over `phonenumber` because it knows numbers of
//! no country ("001"), tells Italy's landlines apart, and needs no unmaintained crates; over the
//! compact plans of `shared`, which read what people type, also in the browser, because its ranges are the full ones, by
//! which a premium number of Jersey is none of England's.

use std::fmt;

use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumberFormat, PhoneNumberType, Region};
use shared::PhoneNumber;

/// A country or territory that the metadata tells apart, such as `GB`, and `JE` beside it.
#[derive(Clone, Copy, Eq, Ord, PartialEq, PartialOrd)]
pub struct Territory(Region);

impl Territory {
    /// By ISO 3166-1 alpha-2 code in capital letters; `None` when no country with phone numbers has it.
    pub fn from_code(code: &str) -> Option<Self> {
        let region = Region::from_code(code).ok()?;
        let known = region != Region::World && *region.as_region_str() == *code;
        (known && PHONE_NUMBER_UTIL.get_country_code_for_region(region).is_some()).then_some(Self(region))
    }
}

impl fmt::Display for Territory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl fmt::Debug for Territory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

/// What matters for the price of a call.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Kind {
    /// Costs what a call to the country costs, or nothing.
    Ordinary,
    /// Costs more: premium rate, personal numbers that follow their owner (Britain's 070, a classic of fraud), pagers.
    Costly,
    /// Costs more in many countries, and no more in others: shared cost, and universal access numbers, as the metadata calls
    /// Japan's 0570, Portugal's 707 and Norway's 815.
    SharedCost,
    /// Satellites, also those in the plan of a country, international networks, and other numbers behind a country code of no country (+800, +870, +881 to
    /// +883, +979).
    OfNoCountry,
    /// Not in the plan of any country.
    NotInPlan,
}

/// A number as the metadata reads it.
pub struct NumberFacts(rlibphonenumber::PhoneNumber);

impl NumberFacts {
    /// `None` when the metadata reads another number in the same digits, or none: what the server would dial and what it
    /// has judged must be the same.
    pub fn of(number: &PhoneNumber) -> Option<Self> {
        let read = PHONE_NUMBER_UTIL.parse(number.as_str(), None).ok()?;
        (read.format_as(PhoneNumberFormat::E164) == number.as_str()).then_some(Self(read))
    }

    pub fn kind(&self) -> Kind {
        if PHONE_NUMBER_UTIL.get_region_for_number(&self.0) == Some(Region::World) {
            return Kind::OfNoCountry;
        }
        if self.is_satellite_of_a_country() {
            return Kind::OfNoCountry;
        }
        // Canada's numbers of no place, behind them satellites and services; the metadata calls them VoIP lately.
        if self.0.country_code == 1 && self.0.national_number / 10_000_000 == 600 {
            return Kind::SharedCost;
        }
        match PHONE_NUMBER_UTIL.get_number_type(&self.0) {
            PhoneNumberType::PremiumRate | PhoneNumberType::PersonalNumber | PhoneNumberType::Pager => {
                Kind::Costly
            }
            PhoneNumberType::SharedCost | PhoneNumberType::UAN => Kind::SharedCost,
            PhoneNumberType::FixedLineOrMobile if self.is_pay_per_call() => Kind::Costly,
            PhoneNumberType::FixedLine
            | PhoneNumberType::Mobile
            | PhoneNumberType::FixedLineOrMobile
            | PhoneNumberType::TollFree
            | PhoneNumberType::VoIP
            | PhoneNumberType::VoiceMail => Kind::Ordinary,
            PhoneNumberType::Unknown => Kind::NotInPlan,
        }
    }

    /// In every area of the North American plan the exchange 976 is pay-per-call, which the metadata does not tell.
    fn is_pay_per_call(&self) -> bool {
        self.0.country_code == 1 && self.0.national_number / 10_000 % 1000 == 976
    }

    /// Satellite phones within a country's plan, which the metadata calls mobile or VoIP: Australia's 014, Indonesia's 868
    /// (Byru), Russia's 954 (Globalstar, Iridium).
    fn is_satellite_of_a_country(&self) -> bool {
        let begins = match self.0.country_code {
            7 => "954",
            61 => "14",
            62 => "868",
            _ => return false,
        };
        self.0.national_number.to_string().starts_with(begins)
    }

    /// Whether the beginning of the number names a place: a landline, not a mobile phone.
    pub fn is_of_a_place(&self) -> bool {
        PHONE_NUMBER_UTIL.is_number_geographical(&self.0)
    }

    /// Where the number is. Of several countries that share it (toll-free +1 800), the largest.
    pub fn territory(&self) -> Option<Territory> {
        let region = PHONE_NUMBER_UTIL.get_region_for_number(&self.0)?;
        (region != Region::World).then_some(Territory(region))
    }

    /// Whether the number is in the plan of that territory, alone or shared.
    pub fn is_of(&self, territory: Territory) -> bool {
        // The library compares the national number alone: America's 800 555 1212 would be in the plan of Japan.
        PHONE_NUMBER_UTIL.get_country_code_for_region(territory.0) == Some(self.0.country_code)
            && PHONE_NUMBER_UTIL.is_valid_number_for_region(&self.0, territory.0)
    }
}

#[cfg(test)]
#[path = "number_facts_tests.rs"]
mod tests;
