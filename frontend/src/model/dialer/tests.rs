use proptest::prelude::*;

use super::signs::is_sign;
use super::*;
use shared::written::Written;

const READER: Reader = Reader {
    pasted: |pasted, home| Written::read(pasted, home, &names),
    linked: |query, home| Written::from_query(query, "to", home, &names),
};

fn names(country: Country) -> String {
    country.name().to_owned()
}

fn dialer(text: &str) -> Dialer {
    let mut dialer = Dialer::new(Country::from_code("JP"));
    dialer.provide(READER);
    dialer.edit(text, text.chars().count(), Edit::Written);
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
    assert_eq!(typed("US", "1-800-CONTACTS"), "18002668228");
    assert_eq!(typed("JP", "+1800contacts"), "+18002668228");
    assert_eq!(typed("US", "1-800-CONTACTS,5"), "18002668228,5", "keys behind it are meant");
    assert_eq!(typed("US", "180026682287"), "180026682287", "so are digits");
    assert_eq!(typed("JP", "1-800-FLOWERS"), "18003569377");
}

/// Key by key.
fn typed(home: &str, keys: &str) -> String {
    let mut dialer = Dialer::new(Country::from_code(home));
    for key in keys.chars() {
        let raw = [dialer.display(), key.to_string()].concat();
        dialer.edit(&raw, raw.chars().count(), Edit::Written);
    }
    dialer.text
}

/// In an empty field.
fn pasted(pasted: &str) -> Dialer {
    let mut dialer = dialer("");
    dialer.paste(pasted, None);
    dialer
}

/// With the caret, or what is selected, between bars: `+44|` or `03-|1234|-5678`.
fn paste_into(field: &str, pasted: &str) -> Dialer {
    let mut dialer = dialer(&field.replace('|', ""));
    let parts: Vec<usize> = field.split('|').map(|part| part.chars().count()).collect();
    let start = parts[0];
    let end = start + if parts.len() > 2 { parts[1] } else { 0 };
    dialer.paste(pasted, Some(start..end));
    dialer
}

#[test]
fn pastes_are_cleaned() {
    for (written, text) in [
        ("tel:+1-415-555-2671", "+14155552671"),
        ("050-3123-4567", "+815031234567"),
        ("Call me: 03 1234", "031234"),
        ("<script>alert(1)</script>", "1"),
        ("hello", ""),
        ("1-800-FLOWERS", "18003569377"),
    ] {
        assert_eq!(pasted(written).text, text, "{written}");
    }
    let long = pasted(&"1".repeat(10_000));
    assert_eq!(long.remark(), Some(&Remark::Unclear(Unclear::Number(PhoneNumberError::TooLong))));
}

#[test]
fn a_paste_goes_where_the_caret_is_and_a_whole_number_in_place_of_one() {
    for (field, pasted, text) in [
        ("+44|", "20 7946 0958", "+442079460958"),
        ("+44|", "020 7946 0958", "+4402079460958"),
        ("+44 |", "(0)20 7946 0958", "+4402079460958"),
        ("|20 7946 0958", "+44", "+442079460958"),
        ("03-1234-5678|", ",,123#", "0312345678,,123#"),
        ("03-1234-5678|", "ext. 12", "0312345678,12"),
        ("03-1234-5678|", "03-9876-5432", "+81398765432"),
        ("03|-1234-5678", "03-9876-5432", "+81398765432"),
        ("03-1234-5678|", "+65 6234 5678", "+6562345678"),
        ("03-1234-5678 ,12|", "+65 6234 5678", "+6562345678"),
        ("99|", "+65 6234 5678", "+6562345678"),
        ("|99|", "+65 6234 5678", "+6562345678"),
        ("03-|1234|-5678", "9999", "0399995678"),
        ("03-1234-|5678|", "12", "03123412"),
        ("|03-1234-5678|", "20 7946", "207946"),
        ("03|1", "9", "0391"),
        // A plus sign is never thrown away in the middle of other digits.
        ("03|", "+44 20", "+4420"),
    ] {
        assert_eq!(paste_into(field, pasted).text, text, "{pasted} in {field}");
    }
    assert_eq!(paste_into("+44|", "20 7946 0958").number().unwrap().as_str(), "+442079460958");
    assert_eq!(paste_into("+44|", "020 7946 0958").number().unwrap().as_str(), "+442079460958");
    // Anywhere else on the page: behind what is there, the caret behind it.
    let mut dialer = dialer("+44");
    assert_eq!(dialer.paste("20 7946", None), "+44 20 7946".len());
}

#[test]
fn what_is_unclear_changes_nothing_and_is_asked_about() {
    for (written, why) in [
        ("03-1234-5678, 03-9876-5432", Unclear::Several),
        ("tel:0312345678;phone-context=example.com", Unclear::Number(PhoneNumberError::Context)),
        ("https://example.com/0312345678", Unclear::Link),
        ("hello", Unclear::Nothing),
    ] {
        let mut dialer = dialer("0312");
        dialer.paste(written, None);
        assert_eq!(
            (dialer.text.as_str(), dialer.remark()),
            ("0312", Some(&Remark::Unclear(why))),
            "{written}"
        );
        dialer.push(Key::D1);
        assert_eq!(dialer.remark(), None);
    }
    let extension = Note::Extension("内線123".to_owned());
    assert_eq!(pasted("03-1234-5678 内線123").remark(), Some(&Remark::Note(extension)));
    assert_eq!(pasted("03-1234-5678 内線123").keys(), ",123");
}

#[test]
fn every_change_can_be_undone_and_done_again() {
    let mut dialer = dialer("");
    for (raw, caret) in [("0", 1), ("03", 2), ("03-1", 4)] {
        dialer.edit(raw, caret, Edit::Written);
    }
    dialer.paste("+65 6234 5678", None);
    dialer.choose_country(Country::from_code("GB").unwrap());
    dialer.clear();
    dialer.push(Key::D7);
    let shown = |dialer: &Dialer| (dialer.display(), dialer.country().map(Country::code));
    let gone: Vec<_> = std::iter::from_fn(|| dialer.undo().map(|_| shown(&dialer))).collect();
    let at = |text: &str, country| (text.to_owned(), Some(country));
    let expected = [("", "GB"), ("+44 62345678", "GB"), ("+65 6234 5678", "SG"), ("03-1", "JP"), ("", "JP")];
    assert_eq!(gone, expected.map(|(text, country)| at(text, country)));
    let back: Vec<_> = std::iter::from_fn(|| dialer.redo().map(|_| dialer.text.clone())).collect();
    assert_eq!(back, ["031", "+6562345678", "+4462345678", "", "7"]);
    dialer.undo();
    dialer.push(Key::D8);
    assert_eq!(dialer.redo(), None, "what was typed instead is what counts");
    // The caret comes back as well.
    dialer.clear();
    dialer.edit("0312345678", 4, Edit::Written);
    dialer.edit("03-12349-5678", 8, Edit::Written);
    assert_eq!(dialer.text, "03123495678");
    assert_eq!(dialer.undo(), Some(0));
    dialer.dialled();
    assert_eq!((dialer.undo(), dialer.redo()), (None, None));
}

#[test]
fn what_is_composed_stays_as_it_is_until_it_is_complete() {
    let mut dialer = dialer("");
    let mut raw = String::new();
    for sign in "０３１２３４５６７８".chars() {
        raw.push(sign);
        dialer.compose(&raw, raw.chars().count());
        assert_eq!(dialer.display(), raw, "not a sign of it may change");
    }
    assert_eq!(dialer.number().unwrap().as_str(), "+81312345678", "but it can be dialled");
    assert_eq!(dialer.edit(&raw, 10, Edit::Written), 12);
    assert_eq!(dialer.display(), "03-1234-5678");
    // Firefox tells of the same again.
    dialer.edit("03-1234-5678", 12, Edit::Written);
    assert_eq!(dialer.text, "0312345678");
    assert_eq!(dialer.undo(), Some(0), "one step");

    // A key beside it: first what was composed, then the key.
    dialer.compose("０３", 2);
    dialer.push(Key::D9);
    assert_eq!(dialer.display(), "03-9");
    dialer.compose("03-9に", 5);
    dialer.settle();
    assert_eq!(dialer.display(), "03-9");
    dialer.compose("03-9abc", 7);
    assert_eq!(dialer.text, "039", "letters may become something else");
    // In the middle, in place of what was there.
    let mut dialer = self::dialer("0312345678");
    dialer.compose("03-１5678", 4);
    assert_eq!(dialer.edit("03-１5678", 4, Edit::Written), 4);
    assert_eq!(dialer.text, "0315678");
}

#[test]
fn words_that_come_at_once_are_read_and_not_spelled() {
    for (before, raw, text) in [
        ("", "call 03-1234-5678 today", "0312345678"),
        ("", "0312345678", "0312345678"),
        ("", "03 1234 5678 ext 12", "0312345678,12"),
        ("", "tel:+81%203%201234%205678", "+81312345678"),
        ("", "1-800-FLOWERS", "18003569377"),
        ("", "٠٣١٢٣٤٥٦٧٨", "0312345678"),
        ("0312345678", "03-1234-5678内線", "0312345678,"),
        ("0312345678", "03-1234-567803-9876-5432", "0398765432"),
        ("0312", "03-12call +65 6234 5678", "+6562345678"),
        ("0312", "03-12+65 6234 5678", "+6562345678"),
        ("0312", "03-1203-1234-5678, 03-9876-5432", "0312"),
        ("", "hello", ""),
    ] {
        let mut dialer = dialer(before);
        dialer.edit(raw, raw.chars().count(), Edit::Written);
        assert_eq!(dialer.text, text, "{raw}");
    }
}

#[test]
fn a_letter_on_no_key_is_told() {
    let mut dialer = dialer("03");
    dialer.edit("03д", 3, Edit::Written);
    assert_eq!((dialer.text.as_str(), dialer.remark()), ("03", Some(&Remark::NoKey('д'))));
    dialer.edit("03۵", 3, Edit::Written);
    assert_eq!((dialer.text.as_str(), dialer.remark()), ("035", None));
    // The words for it come with the reader.
    assert!(!dialer.misses_reader());
    let mut dialer = Dialer::new(Country::from_code("JP"));
    dialer.edit("03", 2, Edit::Written);
    assert!(!dialer.misses_reader());
    dialer.edit("03д", 3, Edit::Written);
    assert!(dialer.misses_reader());
    dialer.provide(READER);
    assert_eq!((dialer.misses_reader(), dialer.remark()), (false, Some(&Remark::NoKey('д'))));
}

#[test]
fn the_caret_stays_where_it_was() {
    let mut dialer = dialer("0503123456");
    // A digit typed in the middle: 050|3123456 becomes 0509|3123456, now complete.
    assert_eq!(dialer.edit("05093123456", 4, Edit::Written), 5);
    assert_eq!(dialer.display(), "050-9312-3456");
    // Backspace over the hyphen takes the digit before it.
    assert_eq!(dialer.edit("0509312-3456", 3, Edit::DeletedBack), 2);
    assert_eq!(dialer.text, "0593123456");
    // Delete over it takes the one behind.
    let mut dialer = self::dialer("0312345678");
    assert_eq!(dialer.edit("031234-5678", 2, Edit::DeletedForth), 2);
    assert_eq!(dialer.display(), "03-2345-678");
}

#[test]
fn keys_behind_the_number_are_no_part_of_it() {
    let mut dialer = dialer("03-1234-5678,12;#");
    assert_eq!(dialer.display(), "03-1234-5678 ,12;#");
    assert_eq!(dialer.number().unwrap().as_str(), "+81312345678");
    assert_eq!(dialer.keys(), ",12;#");
    dialer.edit(&dialer.display(), 13, Edit::Written);
    assert_eq!(dialer.text, "0312345678,12;#");
    dialer.paste("+1 800 555 1234 ext. 12", None);
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
        ("tel:+81312345678", "+81312345678"),
        (" 81312345678", "+81312345678"),
        ("03-1234-5678", "+81312345678"),
        ("tel:+18005551234;ext=12", "+18005551234,12"),
        ("javascript:alert(1)", "1"),
        ("tel:+81%203%201234%205678", "+81312345678"),
        ("tel: 81312345678", "+81312345678"),
        // What cannot be read takes nothing away.
        ("tel:%25252B81312345678", "99"),
        ("", "99"),
    ] {
        let mut dialer = dialer("99");
        dialer.take_link(&["?to=", link].concat());
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

#[test]
fn what_must_be_read_waits_for_the_reader_and_nothing_is_lost() {
    let mut dialer = Dialer::new(Country::from_code("JP"));
    // Digits do not wait.
    dialer.edit("03", 2, Edit::Written);
    dialer.paste("1234 5678", None);
    assert_eq!((dialer.text.as_str(), dialer.is_unread()), ("0312345678", false));
    dialer.clear();

    dialer.paste("Tel. 03-1234-56", None);
    assert_eq!((dialer.display().as_str(), dialer.is_unread()), ("Tel. 03-1234-56", true));
    // What is typed behind it belongs to it.
    dialer.push(Key::D7);
    dialer.edit("Tel. 03-1234-5678", 17, Edit::Written);
    dialer.push(Key::D9);
    dialer.backspace();
    dialer.settle();
    assert_eq!(dialer.display(), "Tel. 03-1234-5678");
    dialer.provide(READER);
    assert_eq!((dialer.text.as_str(), dialer.is_unread()), ("0312345678", false));
    assert_eq!(dialer.undo(), Some(0));
    assert!(dialer.is_empty());

    for undone in [true, false] {
        let mut dialer = Dialer::new(Country::from_code("JP"));
        dialer.edit("03", 2, Edit::Written);
        dialer.paste("hello 1 2 3", None);
        if undone {
            dialer.undo();
        } else {
            dialer.set(&PhoneNumber::from_e164("+81312345678").unwrap(), "");
        }
        assert!(!dialer.is_unread());
        dialer.provide(READER);
        assert_eq!(dialer.text, if undone { "03" } else { "+81312345678" });
    }
    let mut dialer = Dialer::new(Country::from_code("US"));
    dialer.take_link("?to=tel:+6562345678");
    assert!(dialer.is_unread() && dialer.is_empty());
    dialer.provide(READER);
    assert_eq!(dialer.text, "+6562345678");
}

proptest! {
    #[test]
    fn any_edit_leaves_a_caret_inside(texts in prop::collection::vec((".{0,80}", 0usize..90, any::<bool>()), 0..12)) {
        let mut dialer = Dialer::new(Country::from_code("JP"));
        for (at, (text, caret, back)) in texts.into_iter().enumerate() {
            if at == 5 {
                dialer.provide(READER);
            }
            let caret = match at % 5 {
                0 => dialer.paste(&text, back.then_some(0..caret)),
                1 => {
                    dialer.compose(&text, caret);
                    prop_assert_eq!(&dialer.display(), &text);
                    0
                }
                2 if back => dialer.undo().unwrap_or_default(),
                2 => dialer.redo().unwrap_or_default(),
                _ => dialer.edit(&text, caret, if back { Edit::DeletedBack } else { Edit::DeletedForth }),
            };
            prop_assert!(caret <= dialer.display().chars().count());
            prop_assert!(dialer.text.chars().all(is_sign));
            prop_assert!(!dialer.text.chars().skip(1).any(|c| c == '+'));
        }
    }
}
