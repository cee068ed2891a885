//! What must be known of a language besides its messages.

/// Every plural category of Unicode's plural rules (CLDR), in the order in which `Intl.PluralRules` numbers nothing: ours.
pub(crate) const ALL_FORMS: [&str; 6] = ["other", "one", "two", "few", "many", "zero"];

/// The plural categories for whole numbers, after CLDR's "Language Plural Rules"; `None` for a language that nobody has
/// looked up yet.
pub(crate) fn plural_forms(tag: &str) -> Option<&'static [&'static str]> {
    Some(match primary(tag) {
        "id" | "ja" | "ko" | "ms" | "th" | "vi" | "zh" => &["other"],
        "da" | "de" | "el" | "en" | "fi" | "hi" | "hu" | "nl" | "no" | "sv" | "tr" | "ur" | "fa" => {
            &["one", "other"]
        }
        "es" | "fr" | "it" | "pt" => &["one", "many", "other"],
        "he" => &["one", "two", "other"],
        "cs" | "pl" | "ru" | "uk" => &["one", "few", "many", "other"],
        "ar" => &["zero", "one", "two", "few", "many", "other"],
        _ => return None,
    })
}

/// Written from right to left.
pub(crate) fn is_right_to_left(tag: &str) -> bool {
    matches!(primary(tag), "ar" | "fa" | "he" | "ur")
}

fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}
