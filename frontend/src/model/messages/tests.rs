use super::*;

/// Every code that the SDK can report (`lib/twilio/errors/generated.ts` of 2.18.5).
const SDK_CODES: [u32; 40] = [
    20101, 20104, 20151, 31000, 31001, 31002, 31003, 31005, 31008, 31009, 31100, 31101, 31102, 31103, 31104,
    31105, 31107, 31201, 31202, 31203, 31204, 31205, 31206, 31207, 31209, 31210, 31212, 31400, 31401, 31402,
    31404, 31480, 31486, 31603, 53000, 53001, 53400, 53402, 53405, 20429,
];

#[test]
fn every_code_of_the_sdk_has_words_that_say_what_to_do() {
    for code in SDK_CODES {
        let words = twilio_error(code);
        assert!(!words.starts_with("Something went wrong"), "{code}");
        assert!(words.ends_with(&format!(" (Twilio error {code})")), "{words}");
    }
    assert_eq!(twilio_error(12345), "Something went wrong. Try again. (Twilio error 12345)");
}

#[test]
fn a_refused_country_is_named() {
    let refused = |to: &str| refusal(Refusal::CountryNotAllowed, &CallSource::from_wire(to));
    let advice = "are not allowed. Ask who runs the server, if you need them.";
    assert_eq!(refused("+33142685300"), format!("Calls to France {advice}"));
    assert_eq!(
        refused("+18765551234"),
        format!("Calls to Jamaica {advice}"),
        "behind the code of the United States"
    );
    // Of no country.
    assert_eq!(refused("+870773123456"), format!("Calls to +870 773 123 456 {advice}"));
}

#[test]
fn times_are_told_in_words() {
    let (minute, hour, day) = (60, 3_600, 86_400);
    for (seconds, words) in [
        (-5, "just now"),
        (59, "just now"),
        (minute, "1 minute ago"),
        (hour - 1, "59 minutes ago"),
        (hour, "1 hour ago"),
        (day - 1, "23 hours ago"),
        (40 * day, "40 days ago"),
    ] {
        assert_eq!(ago(1_000_000, 1_000_000 + seconds), words);
    }
    ago(i64::MIN, i64::MAX);
}

#[test]
fn who_has_failed_too_often_is_told_how_long_and_what_helps() {
    use shared::api::{ErrorBody, ErrorCode, Wait};
    let words = |wait| {
        server_error(&ErrorBody { code: ErrorCode::TooManyRequests, message: "Wait.".to_owned(), wait })
    };
    let told = |seconds| words(Some(Wait { seconds, one_time_code: true }));
    for (seconds, when) in [
        (1, "in about a minute"),
        (61, "in about 2 minutes"),
        (3_600, "in about 60 minutes"),
        (5_341, "in about 2 hours"),
        (86_400, "in about 24 hours"),
    ] {
        let words = told(seconds);
        assert!(words.contains(when) && words.contains("one-time code"), "{words}");
    }
    let network = words(Some(Wait { seconds: 300, one_time_code: false }));
    assert!(network.contains("network") && !network.contains("code"), "{network}");
    assert_eq!(words(None), "Wait.", "an older server");
}

#[test]
fn a_device_keeps_its_name_in_english() {
    for name in ["Chrome on Windows", "a browser on Mac", "Firefox", "an unknown program", ""] {
        assert_eq!(device_name(name), name);
    }
}

#[test]
fn a_provider_that_signs_nobody_in_is_explained_and_a_strangers_word_never_shown() {
    let codes = ["cancelled", "stale", "not_verified", "unknown_email", "unavailable", "refused"];
    let words: std::collections::BTreeSet<_> = codes.map(sign_in_error).into();
    assert_eq!(words.len(), codes.len());
    assert_eq!(sign_in_error("<script>call +1 900 555 0100</script>"), sign_in_error("refused"));
}
