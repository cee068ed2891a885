use proptest::prelude::*;

use super::*;

fn country(code: &str) -> Option<Country> {
    Some(Country::from_code(code).expect(code))
}

fn parse(input: &str, home: Option<&str>) -> Result<String, PhoneNumberError> {
    PhoneNumber::parse(input, home.and_then(country)).map(|number| number.as_str().to_owned())
}

#[test]
fn reads_what_people_write() {
    for (input, home, e164) in [
        ("+81-3-1234-5678", None, "+81312345678"),
        ("050-3123-4567", Some("JP"), "+815031234567"),
        ("090-5987-6543", Some("JP"), "+819059876543"),
        ("(415) 555-2671", Some("US"), "+14155552671"),
        ("415.555.2671", Some("US"), "+14155552671"),
        ("1 415 555 2671", Some("US"), "+14155552671"),
        ("０５０－３１２３－４５６７", Some("JP"), "+815031234567"),
        ("＋８１ ３ １２３４ ５６７８", None, "+81312345678"),
        ("050ー3123ー4567", Some("JP"), "+815031234567"),
        ("tel:+1-415-555-2671", None, "+14155552671"),
        ("TEL:+81-3-1234-5678;phone-context=example.com", None, "+81312345678"),
        ("0081 3 1234 5678", Some("GB"), "+81312345678"),
        ("011 81 3 1234 5678", Some("US"), "+81312345678"),
        ("010 1 415 555 2671", Some("JP"), "+14155552671"),
        ("+44 (0)20 7946 0958", None, "+442079460958"),
        ("\u{202a}+1 415 555 2671\u{202c}", None, "+14155552671"),
        ("+1 202 555 0143", None, "+12025550143"),
        ("+1 415 555 0198", None, "+14155550198"),
        ("+1 212 555 0100", None, "+12125550100"),
    ] {
        assert_eq!(parse(input, home).as_deref(), Ok(e164), "{input}");
    }
}

#[test]
fn refuses_the_rest_with_a_reason() {
    use PhoneNumberError::*;
    for (input, home, error) in [
        ("", None, Empty),
        ("  ", Some("JP"), Empty),
        ("+", None, Empty),
        ("050-3123-4567", None, NeedsCountry),
        ("hello", Some("JP"), Character { found: 'h' }),
        ("<script>", None, Character { found: '<' }),
        ("+1+2", None, Character { found: '+' }),
        ("+999 1234 5678", None, UnknownCountryCode),
        ("+81 3 1234", None, WrongLength),
        ("+1 415 555 26711", None, WrongLength),
        ("123", Some("US"), WrongLength),
        ("110", Some("JP"), Emergency),
        ("9-1-1", Some("US"), Emergency),
        ("tel:112", None, Emergency),
        ("１１９", Some("JP"), Emergency),
        ("09059876", Some("JP"), WrongLength),
        ("+81 3 1234 56789", None, WrongLength),
        ("+81 3 1234 5678 ext. 12", None, Extension),
        ("+81 3 1234 5678x12", None, Extension),
        ("1 015 555 2671", Some("US"), NotInPlan),
    ] {
        assert_eq!(parse(input, home), Err(error), "{input}");
    }
    assert_eq!(parse(&"1".repeat(10_000), Some("JP")), Err(TooLong));
    assert_eq!(parse(&"+".repeat(10_000), None), Err(TooLong));
}

#[test]
fn the_wire_is_strict() {
    assert!(PhoneNumber::from_e164("+81312345678").is_ok());
    for not in [
        "81312345678",
        "+81 3 1234 5678",
        "+81-312345678",
        "tel:+81312345678",
        "+",
        "",
        "+８１312345678",
        "+4402079460958",
    ] {
        assert_eq!(PhoneNumber::from_e164(not), Err(PhoneNumberError::NotE164), "{not}");
    }
    assert!(serde_json::from_str::<PhoneNumber>("\"+81312345678\"").is_ok());
    assert!(serde_json::from_str::<PhoneNumber>("\"client:alice\"").is_err());
}

#[test]
fn is_shown_as_people_write_it() {
    let number = PhoneNumber::from_e164("+815031234567").expect("valid");
    assert_eq!(number.national(), "050-3123-4567");
    assert_eq!(number.international(), "+81 50-3123-4567");
    assert_eq!(number.country(), country("JP"));
    assert_eq!(number.redacted(), "+8150••••••67");
}

#[test]
fn is_grouped_while_it_is_typed() {
    for (typed, home, shown) in [
        ("0", "JP", "0"),
        ("03", "JP", "03"),
        ("0312", "JP", "03-12"),
        ("0312345678", "JP", "03-1234-5678"),
        ("03123456789", "JP", "03123456789"),
        ("05031234567", "JP", "050-3123-4567"),
        ("0503", "JP", "050-3"),
        ("0120123456", "JP", "0120-123-456"),
        ("08012345678", "JP", "080-1234-5678"),
        ("0459876543", "JP", "045-987-6543"),
        ("312345678", "JP", "3-1234-5678"),
        ("415", "US", "(415)"),
        ("4155", "US", "(415) 5"),
        ("4155552671", "US", "(415) 555-2671"),
        ("14155552671", "US", "1 415-555-2671"),
        ("1415", "US", "1 415"),
        ("02079460958", "GB", "020 7946 0958"),
        ("0207946", "GB", "020 7946"),
        ("07700900123", "GB", "07700 900123"),
        ("0612345678", "FR", "06 12 34 56 78"),
        ("03012345678", "DE", "030 12345678"),
        ("84951234567", "RU", "8 (495) 123-45-67"),
        ("0236618300", "IT", "02 3661 8300"),
        ("11987654321", "BR", "(11) 98765-4321"),
        ("+", "JP", "+"),
        ("+8", "JP", "+8"),
        ("+81", "JP", "+81"),
        ("+813", "JP", "+81 3"),
        ("+81312345678", "JP", "+81 3-1234-5678"),
        ("+14155", "JP", "+1 415-5"),
        ("+390236618300", "JP", "+39 02 3661 8300"),
        ("+999123", "JP", "+999123"),
        ("01014155552671", "JP", "010 1 415-555-2671"),
        ("0081312345678", "GB", "00 81 3-1234-5678"),
    ] {
        assert_eq!(format_as_typed(typed, country(home)), shown, "{typed} in {home}");
    }
    assert_eq!(format_as_typed("0312345678", None), "0312345678");
}

#[test]
fn the_country_is_known_as_soon_as_its_code() {
    for (typed, home, code) in [
        ("", "JP", Some("JP")),
        ("03", "JP", Some("JP")),
        ("+", "JP", None),
        ("+4", "JP", None),
        ("+44", "JP", Some("GB")),
        ("+441481", "JP", Some("GG")),
        ("+1204", "JP", Some("CA")),
        ("+1212", "JP", Some("US")),
        ("+7701", "JP", Some("KZ")),
        ("0101", "JP", Some("US")),
        ("+800", "JP", None),
        ("+999", "JP", None),
    ] {
        let known = country_as_typed(typed, country(home));
        assert_eq!(known.map(Country::code), code, "{typed}");
    }
}

#[test]
fn countries() {
    assert!(Country::all().count() > 230);
    for country in Country::all() {
        assert_eq!(Country::from_code(country.code()), Some(country));
        assert!(country.name().len() > 3 && !country.calling_code().is_empty(), "{country:?}");
    }
    assert_eq!(country("TT").map(Country::name), Some("Trinidad and Tobago"));
    assert_eq!(country("KZ").map(Country::calling_code), Some("7"));
}

proptest! {
    #[test]
    fn whatever_is_typed_is_a_number_or_a_reason(input in any::<String>(), home in prop::option::of(prop::sample::select(vec!["JP", "US", "GB", "IT", "RU"]))) {
        match PhoneNumber::parse(&input, home.and_then(country)) {
            // what came out is E.164, and reads back as itself
            Ok(number) => prop_assert_eq!(PhoneNumber::from_e164(number.as_str()), Ok(number)),
            Err(error) => prop_assert!(error.to_string().ends_with('.')),
        }
    }

    #[test]
    fn digits_with_decoration_read_as_the_digits_alone(digits in "[1-9][0-9]{3,14}", seed in any::<u64>()) {
        let plain = format!("+{digits}");
        let separators = ["", " ", "-", ".", " (", ") ", "\u{2011}", "\u{200b}"];
        let decorated: String = plain.chars().enumerate().flat_map(|(i, c)| {
            let pick = (seed.rotate_left(i as u32 * 3) % separators.len() as u64) as usize;
            c.to_string().chars().chain(separators[pick].chars()).collect::<Vec<_>>()
        }).collect();
        prop_assume!(decorated.chars().count() <= MAX_INPUT);
        prop_assert_eq!(parse(&decorated, None), parse(&plain, None));
    }

    /// Whatever is shown has the signs that were typed, and no others.
    #[test]
    fn grouping_keeps_every_digit(typed in "[+]?[0-9]{0,16}", home in prop::sample::select(vec!["JP", "US", "GB", "IT", "RU", "AR", "BY", "LT", "DE"])) {
        let shown = format_as_typed(&typed, country(home));
        prop_assert_eq!(shown.chars().filter(|sign| sign.is_ascii_digit() || *sign == '+').collect::<String>(), typed);
    }

    #[test]
    fn formats_read_back(digits in "[1-9][0-9]{3,14}") {
        if let Ok(number) = PhoneNumber::from_e164(&format!("+{digits}")) {
            prop_assert_eq!(PhoneNumber::parse(&number.international(), None), Ok(number.clone()));
            prop_assert_eq!(PhoneNumber::parse(&number.national(), number.country()), Ok(number.clone()));
            prop_assert!(number.redacted().matches('•').count() >= 2);
            prop_assert_eq!(number.redacted().chars().count(), number.as_str().len());
        }
    }
}
