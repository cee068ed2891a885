//! Callers who do not show their number.

/// What networks write where there is no number.
const WORDS: [&str; 8] =
    ["anonymous", "unavailable", "restricted", "unknown", "private", "blocked", "withheld", "unidentified"];

/// Twilio's stand-ins: the words restricted, blocked, unknown, anonymous and unavailable on the keys of a telephone
/// (Twilio, "Why am I getting calls from these strange numbers?"). One of them is, by its digits, a number of China.
const KEYED: [&str; 5] = ["7378742833", "2562533", "8656696", "266696687", "86282452253"];

/// Whether `From` or `Caller` of a call says that the caller withheld the number: a word, a stand-in or nothing, alone or
/// as the user of a SIP address or a client.
pub fn is_withheld(from: &str) -> bool {
    let from = from.trim();
    let user = ["sip:", "sips:", "client:"].into_iter().find_map(|scheme| {
        let (head, rest) = from.split_at_checked(scheme.len())?;
        head.eq_ignore_ascii_case(scheme).then(|| rest.split(['@', ';']).next().unwrap_or_default())
    });
    let user = user.unwrap_or(from);
    user.is_empty()
        || WORDS.iter().any(|word| word.eq_ignore_ascii_case(user))
        || KEYED.contains(&user.trim_start_matches('+'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stand_ins_are_no_numbers() {
        for from in [
            "",
            " ",
            "anonymous",
            "Anonymous",
            "ANONYMOUS",
            "Restricted",
            "unknown",
            "Unavailable",
            "+7378742833",
            "+2562533",
            "+8656696",
            "+266696687",
            "+86282452253",
            "266696687",
            "client:Anonymous",
            "sip:anonymous@anonymous.invalid",
            "SIP:Restricted@192.0.2.1;user=phone",
        ] {
            assert!(is_withheld(from), "{from}");
        }
        for from in [
            "+862824522531",
            "+819059876543",
            "client:anna",
            "sip:anna@example.com",
            "Anna Onymous",
            "+25625330",
        ] {
            assert!(!is_withheld(from), "{from}");
        }
    }
}
