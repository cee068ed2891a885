//! Text as it is searched: how it was written does not count.

use shared::PhoneNumber;
use unicode_normalization::{UnicodeNormalization, char::canonical_combining_class};

/// Words of one search, at most; more are passed over.
pub(crate) const MOST_WORDS: usize = 4;

/// Without accents, capitals, widths, and the difference of katakana and hiragana.
pub(crate) fn fold(text: &str) -> String {
    let plain = text.nfkd().filter(|c| canonical_combining_class(*c) == 0 || is_voiced_mark(*c)).nfc();
    let mut folded = String::with_capacity(text.len());
    for c in plain.flat_map(char::to_lowercase).flat_map(char::to_uppercase).flat_map(char::to_lowercase) {
        match c {
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'đ' | 'ð' => folded.push('d'),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'þ' => folded.push_str("th"),
            _ => folded.push(hiragana(c)),
        }
    }
    folded
}

/// What makes が of か: another letter, and no accent.
fn is_voiced_mark(c: char) -> bool {
    matches!(c, '\u{3099}' | '\u{309a}')
}

fn hiragana(c: char) -> char {
    const BETWEEN: u32 = 0x60;
    match c {
        'ァ'..='ヶ' => char::from_u32(u32::from(c) - BETWEEN).unwrap_or(c),
        _ => c,
    }
}

/// The digits by which a number is found: as the whole world writes it, and as its country does.
pub(crate) fn digits_of(number: &str) -> String {
    let (plain, keys) = number.split_once(',').unwrap_or((number, ""));
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let national = PhoneNumber::from_e164(plain).ok().map(|number| digits(&number.national()));
    let mut all = digits(plain);
    for other in [national.unwrap_or_default(), digits(keys)] {
        if !other.is_empty() && other != all {
            all.push(' ');
            all.push_str(&other);
        }
    }
    all
}

/// What is looked for, as patterns of SQL's LIKE with `\` before what is meant as it stands: each must fit. Always as many, the rest
/// fit everything.
pub(crate) fn patterns(search: &str) -> [String; MOST_WORDS] {
    let mut words = match part_of_a_number(search) {
        Some(digits) => vec![digits],
        None => fold(search).split_whitespace().map(str::to_owned).collect::<Vec<_>>(),
    };
    words.resize(MOST_WORDS, String::new());
    let mut words = words.into_iter();
    std::array::from_fn(|_| pattern(&words.next().unwrap_or_default()))
}

fn pattern(word: &str) -> String {
    if word.is_empty() {
        return "%".to_owned();
    }
    let mut pattern = String::from("%");
    for c in word.chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

/// Its digits, where the search is a part of a number in any way of writing.
fn part_of_a_number(search: &str) -> Option<String> {
    let plain: String = search.nfkc().collect::<String>().replace("(0)", "");
    let separates = |c: char| c.is_whitespace() || "+-‐‑–—().,/~*#".contains(c);
    let digits: String =
        plain.chars().filter_map(|c| decimal(c).or((!separates(c)).then_some('x'))).collect();
    if digits.is_empty() || digits.contains('x') {
        return None;
    }
    // An access code is no part of the number.
    let known = ["00", "011"].iter().find_map(|code| digits.strip_prefix(code));
    Some(known.filter(|rest| !rest.is_empty()).unwrap_or(&digits).to_owned())
}

/// The digit of whatever script.
fn decimal(c: char) -> Option<char> {
    if c.is_ascii_digit() {
        return Some(c);
    }
    // The scripts of which people type digits have them in a row that begins at such a place.
    const ZEROES: [u32; 6] = [0x0660, 0x06f0, 0x0966, 0x09e6, 0x0e50, 0xff10];
    let value = ZEROES.iter().find_map(|zero| u32::from(c).checked_sub(*zero).filter(|value| *value < 10))?;
    char::from_digit(value, 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_of_writing_does_not_count() {
        for (one, other) in [
            ("Müller", "muller"),
            ("GROẞ", "gross"),
            ("Ångström", "angstrom"),
            ("Łódź", "lodz"),
            ("Øystein", "oystein"),
            ("ヤマダ", "やまだ"),
            ("ﾔﾏﾀﾞ", "やまだ"),
            ("Ｓｉｄｅ", "side"),
            ("Σίσυφος", "σισυφοσ"),
            ("İzmir", "izmir"),
        ] {
            assert_eq!(fold(one), other, "{one}");
        }
        assert_ne!(fold("が"), fold("か"));
        assert_eq!(fold(&fold("が Ω ﬁ")), fold("が Ω ﬁ"));
    }

    /// Whether a search finds what is kept of a number.
    fn finds(search: &str, number: &str) -> bool {
        let [pattern, ..] = patterns(search);
        let word = pattern.trim_matches('%');
        digits_of(number).contains(word)
    }

    #[test]
    fn any_part_of_a_number_finds_it() {
        for search in
            ["090-5987", "9059876543", "+81 90", "0081 90 5987", "５９８７", "(090) 5987", "٥٩٨٧", "81 90-59"]
        {
            assert!(finds(search, "+819059876543"), "{search}");
        }
        assert!(finds("+44 (0)20 7946", "+442079460958"));
        assert!(finds("011 44 20", "+442079460958"));
        assert!(finds("020 7946", "+442079460958"));
        assert!(finds("12", "+442079460958,,12#"));
        assert!(!finds("5988", "+819059876543"));
    }

    #[test]
    fn signs_of_the_database_mean_themselves() {
        assert_eq!(patterns("100% a_b"), ["%100\\%%", "%a\\_b%", "%", "%"]);
        assert_eq!(patterns(""), ["%", "%", "%", "%"]);
        assert_eq!(patterns("a b c d e f"), ["%a%", "%b%", "%c%", "%d%"]);
        assert_eq!(patterns("🎉\\"), ["%🎉\\\\%", "%", "%", "%"]);
    }
}
