use super::*;

fn language(tag: &str) -> &'static Language {
    LANGUAGES.iter().find(|language| language.tag == tag).expect("a language of ours")
}

/// A file of this build in which every text is its English one, changed.
fn file(change: impl Fn(&str) -> String) -> Vec<String> {
    std::iter::once(FINGERPRINT.to_owned()).chain(ENGLISH.iter().map(|text| change(text))).collect()
}

#[test]
fn messages_are_english_until_another_language_is_loaded_and_chosen() {
    let japanese = language("ja");
    assert_eq!(app::dismiss(), "Dismiss");
    assert!(!choose(japanese), "nothing is loaded yet");
    assert!(add(japanese, file(|text| format!("«{text}»"))));
    assert_eq!(app::dismiss(), "Dismiss");
    assert!(choose(japanese));
    assert_eq!((app::dismiss(), current().tag), ("«Dismiss»", "ja"));
    assert!(choose(&LANGUAGES[0]));
    assert_eq!((app::dismiss(), current().tag), ("Dismiss", "en"));
}

#[test]
fn the_plural_form_follows_the_number_and_the_language() {
    assert_eq!(notify::missed(1), "1 missed call");
    assert_eq!(notify::missed(0), "0 missed calls");
    assert_eq!(notify::missed(21), "21 missed calls");
    let japanese = language("ja");
    assert!(add(japanese, file(str::to_owned)) && choose(japanese));
    assert_eq!(notify::missed(1), "1 missed calls", "Japanese has one form");
}

#[test]
fn a_file_of_another_build_is_refused() {
    let japanese = language("ja");
    assert!(!add(japanese, Vec::new()));
    assert!(!add(japanese, file(str::to_owned)[..3].to_vec()));
    let mut other = file(str::to_owned);
    other[0] = "0123456789abcdef".to_owned();
    assert!(!add(japanese, other));
    assert!(!choose(japanese));
}

#[test]
fn arguments_are_not_read_as_messages() {
    let index = ENGLISH.iter().position(|text| text.contains('\u{1}')).expect("a message with a placeholder");
    assert_eq!(fill(index, &["{name} \u{1}"]).matches('\u{1}').count(), 1);
    assert_eq!(at(usize::MAX), "");
    assert!(fill(index, &[]).contains('\u{1}'), "a missing argument is no panic");
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
