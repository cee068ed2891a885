use proptest::prelude::*;

use super::*;

fn line(number: &str) -> Line {
    Line::new(PhoneNumber::from_e164(number).unwrap(), String::new(), String::new()).unwrap()
}

fn tokyo() -> Line {
    line("+815031234567")
}

fn these(codes: &[&str]) -> Countries {
    Countries::These(codes.iter().map(|code| Territory::from_code(code).unwrap()).collect())
}

fn only(countries: &Countries) -> Permitted {
    Permitted { countries: countries.clone(), shared_cost: false }
}

fn judged(number: &str, line: &Line, countries: &Countries) -> Result<(), Refusal> {
    permit(&PhoneNumber::from_e164(number).unwrap(), line, &only(countries))
}

#[test]
fn national_and_international_numbers_are_read() {
    for to in ["090-5987-6543", "+819059876543", "０９０５９８７６５４３", "tel:+81-90-5987-6543"]
    {
        assert_eq!(read(to, &tokyo()).unwrap().as_str(), "+819059876543", "{to}");
    }
}

#[test]
fn what_nobody_can_call_from_here() {
    let long = "1".repeat(10_000);
    for (to, refusal) in [
        ("110", Refusal::EmergencyNumber),
        ("1 1 9", Refusal::EmergencyNumber),
        ("９１１", Refusal::EmergencyNumber),
        ("tel:112", Refusal::EmergencyNumber),
        ("+911", Refusal::EmergencyNumber),
        // the time of day, and the coast guard
        ("117", Refusal::ShortNumber),
        ("118", Refusal::EmergencyNumber),
        ("050-3123-4567", Refusal::OwnNumber),
        ("", Refusal::InvalidNumber),
        ("<script>", Refusal::InvalidNumber),
        ("client:somebody", Refusal::InvalidNumber),
        ("sip:1@example.com", Refusal::InvalidNumber),
        (long.as_str(), Refusal::InvalidNumber),
    ] {
        assert_eq!(read(to, &tokyo()), Err(refusal), "{to:.40}");
    }
}

/// What libphonenumber calls a universal access number is a shared-cost number by its price.
#[test]
fn shared_cost_numbers_are_dialled_where_the_operator_says_so() {
    for number in
        ["+81570012345", "+8215441234", "+351707123456", "+4781512345", "+16002012345", "+33810123456"]
    {
        let all = Permitted { countries: Countries::All, shared_cost: false };
        let number = PhoneNumber::from_e164(number).unwrap();
        let refused = permit(&number, &tokyo(), &all);
        assert_eq!(refused, Err(Refusal::PremiumNumber), "{number}");
        let permitted = permit(&number, &tokyo(), &Permitted { shared_cost: true, ..all });
        assert_eq!(permitted, Ok(()), "{number}");
    }
}

#[test]
fn a_line_dials_its_own_country_unless_told_otherwise() {
    let own = Countries::default();
    let (washington, toronto) = (line("+12025550143"), line("+14165550123"));
    for (number, line, allowed) in [
        ("+819059876543", &tokyo(), true),
        ("+12125550110", &tokyo(), false),
        ("+12125550110", &washington, true),
        ("+14165550123", &washington, false),
        ("+18005551212", &washington, true),
        ("+18005551212", &toronto, true),
        ("+18005551212", &tokyo(), false),
        ("+12125550110", &toronto, false),
    ] {
        let expected = if allowed { Ok(()) } else { Err(Refusal::CountryNotAllowed) };
        assert_eq!(judged(number, line, &own), expected, "{number} from {}", line.phone_number);
    }
}

/// Each of these has been dialled by fraudsters who found only the prefix checked.
#[test]
fn an_allowed_country_does_not_open_its_neighbours_of_the_same_country_code() {
    for (countries, allowed, neighbours) in [
        (these(&["US", "JP"]), "+12125550110", vec!["+18095551234", "+18765551234", "+14734031234"]),
        (these(&["RU"]), "+79161234567", vec!["+77011234567"]),
        (these(&["GB"]), "+442079460123", vec!["+441481201234", "+441534201234", "+447624312345"]),
    ] {
        assert_eq!(judged(allowed, &tokyo(), &countries), Ok(()));
        for number in neighbours {
            let refusal = judged(number, &tokyo(), &countries);
            assert_eq!(refusal, Err(Refusal::CountryNotAllowed), "{number}");
        }
    }
}

#[test]
fn some_numbers_are_never_dialled() {
    for countries in [Countries::All, these(&["US", "JP", "GB", "FR"])] {
        for (number, refusal) in [
            ("+19005551234", Refusal::PremiumNumber),
            ("+81990123456", Refusal::PremiumNumber),
            ("+449012345678", Refusal::PremiumNumber),
            ("+447012345678", Refusal::PremiumNumber),
            ("+33810123456", Refusal::PremiumNumber),
            ("+870773123456", Refusal::SatelliteNumber),
            ("+881612345678", Refusal::SatelliteNumber),
            ("+883510012345678", Refusal::SatelliteNumber),
            ("+979123456789", Refusal::SatelliteNumber),
            // Read by one library, in the plan of no country for the other.
            ("+447700900123", Refusal::InvalidNumber),
        ] {
            assert_eq!(judged(number, &tokyo(), &countries), Err(refusal), "{number}");
        }
    }
    assert_eq!(judged("+77011234567", &tokyo(), &Countries::All), Ok(()));
}

proptest! {
    #[test]
    fn what_is_permitted_is_an_ordinary_number_of_an_allowed_country(to in "\\PC{0,40}|[+0-9 ()-]{1,20}|\\+(1|44|7|81)[0-9]{7,11}") {
        let countries = these(&["US", "GB"]);
        if let Ok(number) = read(&to, &tokyo())
            && permit(&number, &tokyo(), &only(&countries)).is_ok()
        {
            let facts = NumberFacts::of(&number).unwrap();
            prop_assert_eq!(facts.kind(), Kind::Ordinary);
            prop_assert!(["US", "GB"].iter().any(|code| facts.is_of(Territory::from_code(code).unwrap())));
            prop_assert!(PhoneNumber::from_e164(number.as_str()).is_ok());
        }
    }
}
