use shared::phone::format_as_typed;
use shared::written::{Written, is_pause};
use shared::{Country, Key, PhoneNumber};

/// Input: the code of the home country, which may be none, then what is typed.
pub fn phone(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let (home, typed) = text.split_once('\n').unwrap_or(("", &text));
    let home = Country::from_code(home);
    let shown = format_as_typed(typed, home);
    assert_eq!(format_as_typed(&shown, home), shown, "what is shown for {typed:?} changes again");
    match PhoneNumber::parse(typed, home) {
        Ok(number) => {
            reads_back(&number);
            assert_eq!(
                PhoneNumber::parse(&shown, home).as_ref(),
                Ok(&number),
                "{typed:?} shown as {shown:?}"
            );
        }
        Err(error) => {
            assert!(error.to_string().ends_with('.'), "no sentence: {error}");
        }
    }
    is_read(typed, home);
    if let Ok(number) = PhoneNumber::from_e164(typed) {
        assert_eq!(number.as_str(), typed);
    }
}

/// What was pasted, or what a link brought: understood, or a question.
fn is_read(pasted: &str, home: Option<Country>) {
    let names = |country: Country| country.name().to_owned();
    for read in [Written::read(pasted, home, &names), Written::from_link(pasted, home, &names)] {
        match read {
            Ok(read) => {
                let is_key = |key: char| Key::from_char(key).is_some();
                assert!(read.keys.chars().all(|key| is_key(key) || is_pause(key)), "{read:?}");
                assert!(read.signs.strip_prefix('+').unwrap_or(&read.signs).chars().all(is_key), "{read:?}");
                if let Some(number) = read.number {
                    reads_back(&number);
                }
            }
            Err(why) => assert!(why.to_string().ends_with('.'), "no sentence: {why}"),
        }
    }
}

fn reads_back(number: &PhoneNumber) {
    let digits = number.as_str().strip_prefix('+').expect("E.164 starts with +");
    assert!((1..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()), "{number}");
    assert_eq!(PhoneNumber::from_e164(number.as_str()).as_ref(), Ok(number));
    assert_eq!(PhoneNumber::parse(&number.international(), None).as_ref(), Ok(number));
    if let Some(country) = number.country() {
        let national = number.national();
        assert_eq!(
            PhoneNumber::parse(&national, Some(country)).as_ref(),
            Ok(number),
            "{national:?} of {country:?}"
        );
    }
    let redacted = number.redacted();
    assert_eq!(redacted.chars().count(), number.as_str().len());
    assert!(redacted.matches('•').count() >= 2, "{redacted}");
}
