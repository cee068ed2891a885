use proptest::prelude::*;

use super::*;

fn dialer(text: &str) -> Dialer {
    let mut dialer = Dialer::new(Country::from_code("JP"));
    dialer.edit(text, text.chars().count(), false);
    dialer
}

#[test]
fn a_complete_number_is_formatted_and_read() {
    let dialer = dialer("05031234567");
    assert_eq!(dialer.display(), "050-3123-4567");
    assert_eq!(dialer.number().unwrap().as_str(), "+815031234567");
}

#[test]
fn keys_letters_and_plus_are_signs() {
    let mut dialer = dialer("");
    dialer.push_plus();
    dialer.push(Key::D1);
    dialer.push_plus();
    assert_eq!(dialer.display(), "+1");
    dialer.push_long(Key::D0);
    assert_eq!(dialer.text, "+10");
    dialer.clear();
    dialer.push_long(Key::D0);
    assert_eq!(dialer.text, "+");
    assert_eq!(self::dialer("1800FLOWERS").text, "18003569377");
    assert_eq!(self::dialer("＋８１５０").text, "+8150");
}

#[test]
fn pastes_are_cleaned() {
    for (pasted, text) in [
        ("tel:+1-415-555-2671", "+14155552671"),
        ("050-3123-4567", "+815031234567"),
        ("Call me: 03 1234", "031234"),
        ("<script>alert(1)</script>", "1"),
        ("hello", ""),
    ] {
        let mut dialer = dialer("");
        dialer.paste(pasted);
        assert_eq!(dialer.text, text, "{pasted}");
    }
    let mut long = dialer("");
    long.paste(&"1".repeat(10_000));
    assert_eq!(long.number(), Err(PhoneNumberError::TooLong));
}

#[test]
fn the_caret_stays_where_it_was() {
    let mut dialer = dialer("0503123456");
    // A digit typed in the middle: 050|3123456 becomes 0509|3123456, now complete.
    assert_eq!(dialer.edit("05093123456", 4, false), 5);
    assert_eq!(dialer.display(), "050-9312-3456");
    // Backspace over the hyphen takes the digit before it.
    assert_eq!(dialer.edit("0509312-3456", 3, true), 2);
    assert_eq!(dialer.text, "0593123456");
}

#[test]
fn keys_behind_the_number_are_no_part_of_it() {
    let mut dialer = dialer("03-1234-5678,12;#");
    assert_eq!(dialer.display(), "03-1234-5678 ,12;#");
    assert_eq!(dialer.number().unwrap().as_str(), "+81312345678");
    assert_eq!(dialer.keys(), ",12;#");
    dialer.edit(&dialer.display(), 13, false);
    assert_eq!(dialer.text, "0312345678,12;#");
    dialer.paste("+1 800 555 1234 ext. 12");
    assert_eq!(dialer.display(), "+1 800-555-1234 ,12");
    dialer.clear();
    dialer.push_pause(',');
    dialer.push_long(Key::Star);
    dialer.push_long(Key::Star);
    assert_eq!(dialer.text, "*,", "a pause is not the first");
}

#[test]
fn links_bring_numbers_and_nothing_else() {
    for (link, text) in [
        ("tel:+81-3-1234-5678", "+81312345678"),
        ("+81312345678", "+81312345678"),
        (" 81312345678", "+81312345678"),
        ("03-1234-5678", "+81312345678"),
        ("tel:+18005551234;ext=12", "+18005551234,12"),
        ("javascript:alert(1)", "1"),
        ("", ""),
    ] {
        let mut dialer = dialer("99");
        dialer.take_link(link);
        assert_eq!(dialer.text, text, "{link}");
    }
}

#[test]
fn another_country_is_chosen_for_national_numbers_or_in_place_of_the_code() {
    let country = |code| Country::from_code(code).unwrap();
    let mut national = dialer("4155552671");
    assert_eq!(national.country(), Some(country("JP")));
    national.choose_country(country("US"));
    assert_eq!(national.number().unwrap().as_str(), "+14155552671");
    let mut international = dialer("+813");
    international.choose_country(country("GB"));
    assert_eq!(international.text, "+443");
    assert_eq!(international.country(), Some(country("GB")));
}

proptest! {
    #[test]
    fn any_edit_leaves_a_caret_inside(texts in prop::collection::vec((".{0,80}", 0usize..90, any::<bool>()), 0..8)) {
        let mut dialer = dialer("");
        for (text, caret, back) in texts {
            let caret = dialer.edit(&text, caret, back);
            prop_assert!(caret <= dialer.display().chars().count());
            prop_assert!(dialer.text.chars().all(is_sign));
            prop_assert!(!dialer.text.chars().skip(1).any(|c| c == '+'));
        }
    }
}
