use super::*;

fn language(tag: &str) -> &'static Language {
    LANGUAGES.iter().find(|language| language.tag == tag).expect("a language of ours")
}

/// A file of this build in which every text is this one and its place.
fn file(text: &str) -> Vec<String> {
    std::iter::once(FINGERPRINT.to_owned()).chain((0..COUNT).map(|place| format!("{text}{place}"))).collect()
}

#[test]
fn messages_are_english_until_another_language_is_loaded_and_chosen() {
    let japanese = language("ja");
    assert_eq!(app::dismiss(), "Dismiss");
    assert!(!choose(japanese), "nothing is loaded yet");
    assert!(add(japanese, file("«»")));
    assert_eq!(app::dismiss(), "Dismiss");
    assert!(choose(japanese));
    assert!(app::dismiss().starts_with("«»") && current().tag == "ja");
    assert!(choose(&LANGUAGES[0]));
    assert_eq!((app::dismiss(), current().tag), ("Dismiss", "en"));
}

#[test]
fn the_plural_form_follows_the_number_and_the_language() {
    assert_eq!(notify::missed(1), "1 missed call");
    assert_eq!(notify::missed(0), "0 missed calls");
    assert_eq!(notify::missed(21), "21 missed calls");
    let japanese = language("ja");
    assert!(add(japanese, file("\u{1} of ")) && choose(japanese));
    let forms = [notify::missed(1), notify::missed(21)]
        .map(|text| text.split_once(" of ").map(|(_, place)| place.to_owned()));
    assert!(forms[0].is_some() && forms[0] == forms[1], "Japanese has one form: {forms:?}");
}

#[test]
fn a_file_of_another_build_is_refused() {
    let japanese = language("ja");
    assert!(!add(japanese, Vec::new()));
    assert!(!add(japanese, file("")[..3].to_vec()));
    let mut other = file("");
    other[0] = "0123456789abcdef".to_owned();
    assert!(!add(japanese, other));
    assert!(!choose(japanese));
}

#[test]
fn arguments_are_not_read_as_messages() {
    assert_eq!(fill(0, "For \u{1}", &["{name} \u{1}"]), "For {name} \u{1}");
    assert_eq!(fill(0, "For \u{1}", &[]), "For \u{1}", "a missing argument is no panic");
}

#[test]
fn a_browsers_tag_finds_its_language() {
    for tag in ["ja", "ja-JP", "JA", "ja-Jpan-JP"] {
        assert_eq!(find(tag).map(|language| language.tag), Some("ja"), "{tag}");
    }
    for tag in ["", "-", "jam", "tlh"] {
        assert_eq!(find(tag), None, "{tag}");
    }
}
