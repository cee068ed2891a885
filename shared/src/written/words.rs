//! Words beside numbers, in lower case, as business cards of many languages have them.

/// Before an extension.
const EXTENSION: &[&str] = &[
    "x",
    "×",
    "ext",
    "extn",
    "exten",
    "extension",
    "extensión",
    "xtn",
    "int",
    "interno",
    "anexo",
    "poste",
    "ramal",
    "dw",
    "durchwahl",
    "nst",
    "nebenstelle",
    "klappe",
    "app",
    "apparat",
    "toestel",
    "tst",
    "wew",
    "wewn",
    "wewnętrzny",
    "linka",
    "klapka",
    "ankn",
    "anknytning",
    "lokal",
    "lok",
    "alanumero",
    "dahili",
    "pesawat",
    "nhánh",
    "mellék",
    "内線",
    "内线",
    "分机",
    "分機",
    "轉",
    "转",
    "내선",
    "доб",
    "добавочный",
    "дод",
    "додатковий",
    "внутр",
    "внутренний",
    "вн",
    "εσωτ",
    "εσωτερικό",
    "שלוחה",
    "تحويلة",
    "داخلي",
    "داخلی",
    "ต่อ",
];
/// Before a number that nobody answers.
const FAX: &[&str] = &[
    "fax",
    "telefax",
    "f",
    "télécopie",
    "faks",
    "факс",
    "ファックス",
    "ファクス",
    "ファクシミリ",
    "传真",
    "傳真",
    "팩스",
    "φαξ",
    "فاكس",
];
/// Before a number that may be one for both.
const PHONE: &[&str] =
    &["tel", "telephone", "phone", "ph", "t", "p", "m", "tél", "telefon", "電話", "тел", "전화", "电话"];

pub(super) fn is_extension(word: &str) -> bool {
    is_in(EXTENSION, word)
}

pub(super) fn is_fax(word: &str) -> bool {
    is_in(FAX, word)
}

pub(super) fn is_phone(word: &str) -> bool {
    is_in(PHONE, word)
}

fn is_in(words: &[&str], word: &str) -> bool {
    let word = word.to_lowercase();
    // Without spaces: `内線番号`, `FAX番号`.
    let ends = |rest: &str| rest.chars().next().is_none_or(|sign| sign >= '\u{2e80}');
    words.iter().any(|known| word.strip_prefix(known).is_some_and(ends))
}
