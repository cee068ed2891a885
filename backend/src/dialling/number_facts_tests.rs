use super::*;

fn facts(e164: &str) -> NumberFacts {
    NumberFacts::of(&PhoneNumber::from_e164(e164).unwrap()).unwrap()
}

fn territory(code: &str) -> Territory {
    Territory::from_code(code).unwrap()
}

#[test]
fn codes_are_those_of_countries_with_phone_numbers() {
    for code in ["JP", "US", "GB", "JE", "GG", "IM", "KZ", "XK", "AC"] {
        assert_eq!(territory(code).to_string(), code);
    }
    for code in ["", "J", "jp", "JPN", "UK", "XX", "ZZ", "001", "*", "Ｊ"] {
        assert_eq!(Territory::from_code(code), None, "{code}");
    }
}

#[test]
fn kinds() {
    for (number, kind) in [
        ("+819059876543", Kind::Ordinary),
        ("+12125550110", Kind::Ordinary),
        ("+18005551212", Kind::Ordinary),
        ("+390661234567", Kind::Ordinary),
        ("+19005551234", Kind::Costly),
        ("+81990123456", Kind::Costly),
        ("+449012345678", Kind::Costly),
        ("+448451234567", Kind::Costly),
        ("+447012345678", Kind::Costly),
        ("+33899123456", Kind::Costly),
        ("+33810123456", Kind::SharedCost),
        ("+81570012345", Kind::SharedCost),
        ("+351707123456", Kind::SharedCost),
        ("+16002012345", Kind::SharedCost),
        ("+870773123456", Kind::OfNoCountry),
        ("+881612345678", Kind::OfNoCountry),
        ("+88213123456", Kind::OfNoCountry),
        ("+883510012345678", Kind::OfNoCountry),
        ("+979123456789", Kind::OfNoCountry),
        ("+80012345678", Kind::OfNoCountry),
        ("+80812345678", Kind::OfNoCountry),
        ("+61147123456", Kind::OfNoCountry),
        ("+62868123456", Kind::OfNoCountry),
        ("+79541234567", Kind::OfNoCountry),
        ("+61412345678", Kind::Ordinary),
        ("+79161234567", Kind::Ordinary),
        ("+12129761234", Kind::Costly),
        ("+14169761234", Kind::Costly),
        ("+18009761234", Kind::Ordinary),
        ("+19762345678", Kind::NotInPlan),
        // Kept for fiction: nobody's.
        ("+447700900123", Kind::NotInPlan),
    ] {
        assert_eq!(facts(number).kind(), kind, "{number}");
    }
}

/// What a shared country code hides: the prefix +1 says nothing of the price.
#[test]
fn territories_behind_a_shared_country_code() {
    for (number, code) in [
        ("+12125550110", "US"),
        ("+12505550199", "CA"),
        ("+18095551234", "DO"),
        ("+18765551234", "JM"),
        ("+14734031234", "GD"),
        ("+17875551234", "PR"),
        ("+79161234567", "RU"),
        ("+77011234567", "KZ"),
        ("+442079460123", "GB"),
        ("+441481201234", "GG"),
        ("+441534201234", "JE"),
        ("+447624312345", "IM"),
        ("+4779123456", "SJ"),
        ("+35818123456", "AX"),
        ("+390669812345", "VA"),
    ] {
        let facts = facts(number);
        assert_eq!(facts.territory(), Some(territory(code)), "{number}");
        assert!(facts.is_of(territory(code)), "{number}");
        for other in ["US", "GB", "RU", "NO", "FI", "IT"].into_iter().filter(|other| *other != code) {
            assert!(!facts.is_of(territory(other)), "{number} is not of {other}");
        }
    }
    let toll_free = facts("+18005551212");
    assert!(toll_free.is_of(territory("US")) && toll_free.is_of(territory("CA")));
}

/// The metadata's own examples: every kind of every country, so that no range of any country panics or is misjudged.
#[test]
fn every_countrys_examples_are_judged() {
    let (mut ordinary, mut costly) = (0, 0);
    for region in PHONE_NUMBER_UTIL.get_supported_regions() {
        for (kind_of, expected) in [
            (PhoneNumberType::FixedLine, Kind::Ordinary),
            (PhoneNumberType::Mobile, Kind::Ordinary),
            (PhoneNumberType::PremiumRate, Kind::Costly),
            (PhoneNumberType::SharedCost, Kind::SharedCost),
            (PhoneNumberType::UAN, Kind::SharedCost),
        ] {
            let example = PHONE_NUMBER_UTIL.get_example_number_for_type_and_region(region, kind_of);
            let Ok(example) = example else { continue };
            let facts = NumberFacts(example);
            assert_eq!(facts.kind(), expected, "{kind_of:?} of {region}");
            assert!(facts.is_of(Territory(region)), "{kind_of:?} of {region}");
            if expected == Kind::Ordinary { ordinary += 1 } else { costly += 1 }
        }
    }
    assert!(ordinary > 400 && costly > 150, "{ordinary} ordinary, {costly} costly");
}

/// What `shared` has of the same metadata in a compact form, held against the metadata: country and written forms of every
/// country's example of every kind.
#[test]
fn the_compact_plans_say_the_same() {
    use PhoneNumberType::*;
    let (mut checked, mut differences) = (0, Vec::new());
    for region in PHONE_NUMBER_UTIL.get_supported_regions() {
        for kind in [FixedLine, Mobile, TollFree, PremiumRate, SharedCost, VoIP, UAN, PersonalNumber, Pager] {
            // Made of a newer release: Zimbabwe and Benin have other plans now. The rest is left out on purpose: local
            // numbers that begin with 310, and Argentina's 15, which stands in the middle of a mobile number.
            if matches!(
                (region, kind),
                (Region::ZW, FixedLine) | (Region::BJ, VoIP | UAN) | (Region::CA, UAN) | (Region::AR, Mobile)
            ) {
                continue;
            }
            let Ok(example) = PHONE_NUMBER_UTIL.get_example_number_for_type_and_region(region, kind) else {
                continue;
            };
            checked += 1;
            let e164 = example.format_as(PhoneNumberFormat::E164);
            let mut differs = |what: &str, ours: String, theirs: String| {
                if ours != theirs {
                    differences
                        .push(format!("{what} of {e164} ({kind:?} of {region}): {ours}, not {theirs}"));
                }
            };
            let Ok(number) = PhoneNumber::from_e164(&e164) else {
                differs("number", "none".to_owned(), e164.to_string());
                continue;
            };
            let country =
                PHONE_NUMBER_UTIL.get_region_for_number(&example).filter(|region| *region != Region::World);
            differs(
                "country",
                format!("{:?}", number.country().map(shared::Country::code)),
                format!("{:?}", country.map(|country| country.as_region_str().to_string())),
            );
            let international = example.format_as(PhoneNumberFormat::International);
            // Groups that are used inside the country only are left out.
            if international.matches(' ').count() > 1 {
                differs(
                    "national form",
                    number.national(),
                    example.format_as(PhoneNumberFormat::National).into_owned(),
                );
            }
            differs("form", number.international(), international.into_owned());
        }
    }
    assert!(checked > 1000, "{checked}");
    assert!(differences.is_empty(), "{} of {checked}:\n{}", differences.len(), differences.join("\n"));
}
