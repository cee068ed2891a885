//! `<Gather>`, by keys.

use super::attributes::Attributes;
use super::verb::{Gather, Verb};

/// Longest wait for a key: an hour. Twilio names no limit.
const LONGEST: u64 = 3600;

/// `None`: it is skipped.
pub(super) fn gather(prompts: Vec<Verb>, attributes: &mut Attributes<'_>) -> Option<Gather> {
    let input = attributes.text("input").unwrap_or_else(|| "dtmf".into());
    let words: Vec<&str> = input.split_whitespace().collect();
    if words.is_empty() || words.iter().any(|word| !matches!(*word, "dtmf" | "speech")) {
        attributes.complain(13320, format!("input=\"{input}\" may hold dtmf and speech; it is dtmf now"));
    } else if words.contains(&"speech") {
        if !words.contains(&"dtmf") {
            attributes.lacks("speech is not emulated, and it waits for no keys; it is skipped");
            return None;
        }
        attributes.lacks("speech is not emulated; it waits for keys only");
    }
    let mut finish_on_key = attributes.keys("finishOnKey", 13310, "#");
    if finish_on_key.chars().count() > 1 {
        attributes
            .complain(13310, format!("finishOnKey=\"{finish_on_key}\" must be one key or none; it is # now"));
        finish_on_key = "#".into();
    }
    let num_digits = attributes.number("numDigits", 13314, 0, 1, 1000);
    Some(Gather {
        action: attributes.url("action"),
        method: attributes.method("method", 13312),
        timeout: attributes.seconds("timeout", 13313, 5, 1, LONGEST),
        finish_on_key: finish_on_key.chars().next(),
        num_digits: usize::try_from(num_digits).ok().filter(|digits| *digits > 0),
        action_on_empty_result: attributes.flag("actionOnEmptyResult", 12200),
        prompts,
    })
}
