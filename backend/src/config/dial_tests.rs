use serde::Deserialize;

use super::*;

fn read(toml: &str) -> (Dial, String) {
    #[derive(Deserialize)]
    struct File {
        dial: Option<DialTable>,
    }
    let file: File = toml::from_str(toml).unwrap();
    let mut faults = Vec::new();
    let dial = dial(file.dial, &mut faults);
    (dial, faults.iter().map(|fault| format!("{} {}\n", fault.key, fault.what)).collect())
}

fn territories(codes: &[&str]) -> Countries {
    Countries::These(codes.iter().map(|code| Territory::from_code(code).unwrap()).collect())
}

#[test]
fn what_is_not_written_is_safe() {
    for toml in ["", "[dial]"] {
        assert_eq!(read(toml), (Dial::default(), String::new()));
    }
    assert_eq!(Dial::default().countries, Countries::LinesOwn);
}

#[test]
fn everything_can_be_written() {
    let (dial, faults) = read(
        "[dial]\ncountries = [\"JP\", \" US \"]\nshared_cost = true\ncalls_at_once = 5\nminutes_per_day = \"60\"\nserver_minutes_per_day = 90",
    );
    assert_eq!(faults, "");
    let countries = territories(&["JP", "US"]);
    let expected = Dial {
        countries,
        shared_cost: true,
        calls_at_once: 5,
        minutes_per_day: 60,
        server_minutes_per_day: 90,
    };
    assert_eq!(dial, expected);
    assert_eq!(read("dial.countries = \"JP, GB\"").0.countries, territories(&["JP", "GB"]));
    assert!(read("dial.shared_cost = \"true\"").0.shared_cost, "from the environment");
    let (dial, faults) = read("dial.shared_cost = \"maybe\"");
    assert_eq!((dial.shared_cost, &*faults), (false, "dial.shared_cost must be true or false\n"));
    assert_eq!(read("dial.countries = \"own\"").0.countries, Countries::LinesOwn);
    for all in ["\"*\"", "[\"*\"]"] {
        assert_eq!(read(&format!("dial.countries = {all}")).0.countries, Countries::All);
    }
}

#[test]
fn every_bad_value_is_told_with_what_would_be_right() {
    for (toml, words) in [
        ("dial = 7", "dial must be a table"),
        ("dial.countries = [\"UK\"]", "dial.countries has “UK”, which is no country"),
        ("dial.countries = [\"JP\", \"*\"]", "dial.countries has “*”, which is no country"),
        ("dial.countries = []", "dial.countries must list two-letter codes"),
        ("dial.countries = 81", "dial.countries must list two-letter codes"),
        ("dial.countries = [1]", "dial.countries must list two-letter codes"),
        ("dial.calls_at_once = 0", "dial.calls_at_once must be a whole number from 1 to 100"),
        ("dial.minutes_per_day = -1", "dial.minutes_per_day must be a whole number"),
        ("dial.minutes_per_day = \"many\"", "dial.minutes_per_day must be a whole number"),
        ("dial.server_minutes_per_day = 1.5", "dial.server_minutes_per_day must be a whole number"),
        ("dial.countrys = []", "dial.countrys is no setting"),
    ] {
        let (_, faults) = read(toml);
        assert!(faults.starts_with(words), "{toml}: {faults}");
        assert_eq!(faults.lines().count(), 1, "{toml}: {faults}");
    }
}
