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
    dialer.push_long_zero();
    assert_eq!(dialer.text, "+10");
    dialer.clear();
    dialer.push_long_zero();
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
