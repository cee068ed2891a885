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

/// What is dialled in a country and is no part of the number, and local numbers where the country is one area. All but
/// Mexico's old prefixes as libphonenumber reads them.
#[test]
fn what_countries_dial_beside_the_number_is_understood() {
    for (home, typed, e164) in [
        ("AR", "011 15-2345-6789", "+5491123456789"),
        ("AR", "0221 15-456-7890", "+5492214567890"),
        ("AR", "11 15 2345 6789", "+5491123456789"),
        ("JP", "+54 11 15 2345 6789", "+5491123456789"),
        ("AR", "011 2345-6789", "+541123456789"),
        ("AR", "+54 9 11 2345 6789", "+5491123456789"),
        ("BR", "0 15 11 91234-5678", "+5511912345678"),
        ("BR", "0 21 21 3234-5678", "+552132345678"),
        ("BR", "90 11 91234-5678", "+5511912345678"),
        ("BR", "9015 11 91234-5678", "+5511912345678"),
        ("BR", "(11) 91234-5678", "+5511912345678"),
        ("JP", "+52 1 55 1234 5678", "+525512345678"),
        ("MX", "044 55 1234 5678", "+525512345678"),
        ("MX", "045 55 1234 5678", "+525512345678"),
        ("MX", "01 55 1234 5678", "+525512345678"),
        ("MX", "55 1234 5678", "+525512345678"),
        ("CO", "03 601 1234567", "+576011234567"),
        ("AU", "1831 2 9374 4000", "+61293744000"),
        ("KR", "082 2 312 3456", "+8223123456"),
        ("CN", "17909 10 6552 9988", "+861065529988"),
        ("CN", "17951 010 6552 9988", "+861065529988"),
        ("HU", "06 1 234 5678", "+3612345678"),
        ("LT", "8 612 34567", "+37061234567"),
        ("LT", "0 612 34567", "+37061234567"),
        ("BY", "80 29 123 45 67", "+375291234567"),
        ("BY", "8 029 123 45 67", "+375291234567"),
        ("KZ", "8 727 234 5678", "+77272345678"),
        ("GB", "18002 020 7946 0958", "+442079460958"),
        ("GA", "066 03 12 34", "+24166031234"),
        ("AG", "462 1234", "+12684621234"),
        ("TT", "623 1234", "+18686231234"),
        ("JE", "712345", "+441534712345"),
        ("SM", "886377", "+3780549886377"),
        ("MG", "22 123 45", "+261202212345"),
        ("NF", "22609", "+672322609"),
        ("CR", "1900 2222 3333", "+50622223333"),
        ("BO", "010 2 212 3456", "+59122123456"),
        ("FO", "1001 201234", "+298201234"),
        ("JP", "003768 03 1234 5678", "+81312345678"),
    ] {
        assert_eq!(parse(typed, Some(home)).as_deref(), Ok(e164), "{typed} in {home}");
    }
}

/// By libphonenumber's short numbers, but for Japan's coast guard. 112 and 911 are answered by every mobile network.
#[test]
fn emergency_numbers_are_those_of_the_country() {
    for (home, numbers) in [
        ("FR", "15 17 18 112"),
        ("PL", "997 998 999 112"),
        ("CZ", "150 155 158 112"),
        ("HU", "104 105 107"),
        ("CL", "131 132 133"),
        ("ZA", "10111 10177"),
        ("TH", "191 1669"),
        ("JP", "110 118 119"),
        ("GB", "999 112"),
        ("DE", "110 112"),
        ("US", "911 112"),
        ("AU", "000 106"),
        ("IN", "100 101 102 108"),
        ("BR", "190 192 193"),
        ("IT", "113 115 118"),
        ("GA", "1300 1730 18"),
        ("RU", "101 102 103"),
        ("KR", "119"),
        ("NZ", "111"),
        ("JE", "999"),
        ("BB", "211 511"),
    ] {
        for number in numbers.split(' ') {
            assert_eq!(parse(number, Some(home)), Err(PhoneNumberError::Emergency), "{number} in {home}");
        }
    }
    assert_eq!(parse("911", None), Err(PhoneNumberError::Emergency));
    assert_eq!(parse("110", None), Err(PhoneNumberError::NeedsCountry));
}

#[test]
fn short_numbers_are_no_emergencies_and_no_mistakes() {
    for (home, numbers) in [
        ("JP", "117 177 104 171 188"),
        ("GB", "101 111 123 159"),
        ("DE", "115"),
        ("US", "988 411 211 55555"),
        ("FR", "3615 114 119"),
        ("PL", "19115"),
        ("ES", "016"),
    ] {
        for number in numbers.split(' ') {
            let read = parse(number, Some(home));

            assert!(read == Err(PhoneNumberError::Short), "{number} in {home}: {read:?}");
        }
    }
    // The beginning of a number is no short number.
    for (home, typed) in [("JP", "031"), ("US", "141"), ("GB", "0207")] {
        assert_eq!(parse(typed, Some(home)), Err(PhoneNumberError::WrongLength), "{typed} in {home}");
    }
    // Whole numbers of few digits are numbers.
    assert_eq!(parse("131126", Some("AU")).as_deref(), Ok("+61131126"));
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
fn what_looks_like_an_access_code_at_home_is_shown_with_the_country_code() {
    // Italy's numbers keep their zeros, and with two of them a call goes abroad.
    let number = PhoneNumber::from_e164("+390049100000").unwrap();
    assert!(number.national().starts_with("+39 "), "{}", number.national());
    assert_eq!(PhoneNumber::parse(&number.national(), country("IT")), Ok(number));
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
