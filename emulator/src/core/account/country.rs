/// Part of the world, in Twilio's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Continent {
    /// `AFRICA`
    Africa,
    /// `ASIA`
    Asia,
    /// `EUROPE`
    Europe,
    /// `NORTH_AMERICA`
    NorthAmerica,
    /// `OCEANIA`
    Oceania,
    /// `SOUTH_AMERICA`
    SouthAmerica,
}

impl Continent {
    /// The word on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Continent::Africa => "AFRICA",
            Continent::Asia => "ASIA",
            Continent::Europe => "EUROPE",
            Continent::NorthAmerica => "NORTH_AMERICA",
            Continent::Oceania => "OCEANIA",
            Continent::SouthAmerica => "SOUTH_AMERICA",
        }
    }
}

/// A country of the telephone network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Country {
    /// Two capital letters.
    pub iso_code: &'static str,
    /// English.
    pub name: &'static str,
    /// Where it is.
    pub continent: Continent,
    /// Without the plus sign; several countries may share it.
    pub calling_code: &'static str,
    /// How its numbers begin, without the plus sign.
    pub beginnings: &'static [&'static str],
}
