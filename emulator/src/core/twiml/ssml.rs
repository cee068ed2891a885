//! SSML within `<Say>`: what stands in its attributes
//! (<https://www.twilio.com/docs/voice/twiml/say/text-speech#ssml>; those of Amazon Polly, which has the most).

use super::attributes::{Attributes, SCHEMA};
use super::read::Element;
use super::schema;

/// Twilio's number for a wrong `rate`; for the rest it has none.
const RATE: u32 = 13513;

const STRENGTHS: &[&str] = &["none", "x-weak", "weak", "medium", "strong", "x-strong"];
const LEVELS: &[&str] = &["strong", "moderate", "reduced"];
const VOLUMES: &[&str] = &["default", "silent", "x-soft", "soft", "medium", "loud", "x-loud"];
const RATES: &[&str] = &["default", "x-slow", "slow", "medium", "fast", "x-fast"];
const PITCHES: &[&str] = &["default", "x-low", "low", "medium", "high", "x-high"];
const KINDS: &[&str] = &[
    "address",
    "cardinal",
    "characters",
    "date",
    "digits",
    "expletive",
    "fraction",
    "number",
    "ordinal",
    "spell-out",
    "telephone",
    "time",
    "unit",
];
const ALPHABETS: &[&str] =
    &["ipa", "x-sampa", "x-amazon-jyutping", "x-amazon-pinyin", "x-amazon-pron-kana", "x-amazon-yomigana"];

/// Complains of every value that no voice understands.
pub(super) fn check(children: &[Element], attributes: &mut Attributes<'_>) {
    for child in children {
        for (name, value) in &child.attributes {
            let Some((words, unit)) = values(&child.name, name) else { continue };
            if words.contains(&value.as_str()) || unit.is_some_and(|unit| unit.fits(value)) {
                continue;
            }
            let code = if name == "rate" { RATE } else { SCHEMA };
            let or = unit.map_or(String::new(), |unit| format!(" or such as {}", unit.example));
            let message = format!(
                "<{}> {name}=\"{value}\" must be one of {}{or}; it is ignored",
                child.name,
                words.join(", ")
            );
            attributes.complain(code, message);
        }
        check(&child.children, attributes);
    }
}

/// Basic voices have no SSML. What `alice` is spoken by today is not documented.
pub(super) fn check_voice(voice: &str, children: &[Element], attributes: &mut Attributes<'_>) {
    let any = children.iter().any(|child| schema::has_child("Say", &child.name));
    if any && matches!(voice, "man" | "woman") {
        let message = format!(
            "voice=\"{voice}\" is a Basic voice, which has no SSML; voices of Polly and Google have. The words are \
             said plainly"
        );
        attributes.complain(SCHEMA, message);
    }
}

/// A number with its unit.
#[derive(Clone, Copy)]
struct Unit {
    ends: &'static [&'static str],
    example: &'static str,
}

impl Unit {
    fn fits(self, value: &str) -> bool {
        let number = self.ends.iter().find_map(|end| value.strip_suffix(end));
        number.is_some_and(|number| {
            let digits = number.trim_start_matches(['+', '-']);
            digits.starts_with(|c: char| c.is_ascii_digit()) && number.parse::<f64>().is_ok()
        })
    }
}

fn values(element: &str, attribute: &str) -> Option<(&'static [&'static str], Option<Unit>)> {
    let unit = |ends, example| Some(Unit { ends, example });
    Some(match (element, attribute) {
        ("break", "strength") => (STRENGTHS, None),
        ("break", "time") => (&[], unit(&["ms", "s"], "3s, 200ms")),
        ("emphasis", "level") => (LEVELS, None),
        ("phoneme", "alphabet") => (ALPHABETS, None),
        ("prosody", "volume") => (VOLUMES, unit(&["dB"], "+6dB")),
        ("prosody", "rate") => (RATES, unit(&["%"], "85%")),
        ("prosody", "pitch") => (PITCHES, unit(&["%"], "+10%")),
        ("say-as", "interpret-as") => (KINDS, None),
        _ => return None,
    })
}
