//! What a number is, in the words of other programs.

use shared::api::contacts::NumberKind;

use crate::searched;

/// The kind that such words mean: `CELL`, `_$!<Mobile>!$_`, `Business Fax`, `携帯電話`. A fax is one wherever it stands.
pub(super) fn kind(words: &str) -> NumberKind {
    let words = searched::fold(words);
    let says = |some: &[&str]| some.iter().any(|word| words.contains(word));
    if says(&["fax", "ふぁくす", "ふぁっくす"]) {
        NumberKind::Fax
    } else if says(&["cell", "mobil", "iphone", "handy", "けいたい", "携帯"]) {
        NumberKind::Mobile
    } else if says(&["work", "business", "office", "company", "勤務先", "会社", "仕事"]) {
        NumberKind::Work
    } else if says(&["home", "private", "自宅"]) {
        NumberKind::Home
    } else if says(&["main", "primary", "代表"]) {
        NumberKind::Main
    } else {
        NumberKind::Other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_other_programs_are_known() {
        for (words, known) in [
            ("CELL VOICE", NumberKind::Mobile),
            ("_$!<Mobile>!$_", NumberKind::Mobile),
            ("Business Fax", NumberKind::Fax),
            ("WORK", NumberKind::Work),
            ("自宅電話", NumberKind::Home),
            ("携帯電話", NumberKind::Mobile),
            ("Primary Phone", NumberKind::Main),
            ("VOICE", NumberKind::Other),
        ] {
            assert_eq!(kind(words), known, "{words}");
        }
    }
}
