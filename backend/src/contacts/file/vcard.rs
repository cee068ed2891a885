//! vCard 2.1, 3 and 4 (RFC 2426, RFC 6350). calcard reads the cards; where one begins and ends is seen here, because it takes what
//! follows one without an end for a part of it.

use calcard::{
    Entry, Parser,
    common::IanaString,
    vcard::{VCard, VCardEntry, VCardParameterValue, VCardProperty, VCardValue},
};
use shared::{Country, api::contacts::ImportFaultKind};

use super::{
    found::{Found, Raw},
    kinds::kind,
};

const BEGIN: &str = "BEGIN:VCARD";
const END: &str = "END:VCARD";

/// Whether a card begins with this line.
pub(super) fn begins(line: &str) -> bool {
    is(line, BEGIN)
}

fn is(line: &str, word: &str) -> bool {
    line.trim_start_matches('\u{feff}').trim().eq_ignore_ascii_case(word)
}

/// A card as it stands in the file.
#[derive(Default)]
struct Card {
    /// Where it begins.
    line: u32,
    text: String,
}

pub(super) fn read(text: &str, home: Option<Country>) -> Found {
    let mut found = Found::default();
    let mut card: Option<Card> = None;
    for (line, written) in (1..).zip(text.split_inclusive('\n')) {
        if begins(written) {
            if let Some(card) = card.replace(Card { line, text: written.to_owned() }) {
                not_ended(&mut found, card, home);
            }
        } else if let Some(open) = &mut card {
            open.text.push_str(written);
            if is(written, END)
                && let Some(card) = card.take()
            {
                take(&mut found, &card, home);
            }
        } else if !written.trim().is_empty() {
            found.fault(line, ImportFaultKind::NotUnderstood, written);
        }
    }
    if let Some(card) = card {
        not_ended(&mut found, card, home);
    }
    found
}

fn not_ended(found: &mut Found, card: Card, home: Option<Country>) {
    found.fault(card.line, ImportFaultKind::NotEnded, card.text.lines().nth(1).unwrap_or_default());
    let text = [card.text.trim_end(), "\r\n", END, "\r\n"].concat();
    take(found, &Card { text, ..card }, home);
}

fn take(found: &mut Found, card: &Card, home: Option<Country>) {
    // Behind its first line: what else may begin so is left out of the program, calendars with their time zones.
    let inside = card.text.split_once('\n').map(|(_, inside)| inside).unwrap_or_default();
    match Parser::new(inside).vcard() {
        Entry::VCard(read) => found.take(raw(&read, card.line), home),
        _ => found.fault(card.line, ImportFaultKind::NotUnderstood, &card.text),
    }
}

fn raw(card: &VCard, line: u32) -> Raw {
    let first = |name: &VCardProperty| card.entries.iter().find(|entry| entry.name == *name);
    let text = |name: &VCardProperty| first(name).map(joined).unwrap_or_default();
    let names = first(&VCardProperty::N).map(parts).unwrap_or_default();
    let name = [
        text(&VCardProperty::Fn),
        in_order(&names),
        text(&VCardProperty::Org),
        text(&VCardProperty::Nickname),
    ];
    let numbers = card.entries.iter().filter(|entry| entry.name == VCardProperty::Tel);
    Raw {
        line,
        name: name.into_iter().find(|name| !name.trim().is_empty()).unwrap_or_default(),
        reading: reading(card),
        note: text(&VCardProperty::Note),
        numbers: numbers.map(|entry| (joined(entry), kind(&words(card, entry)))).collect(),
    }
}

/// Apple's and Android's readings, and those of Japanese phones.
fn reading(card: &VCard) -> String {
    let other = |wanted: &str| {
        let named = |entry: &&VCardEntry| matches!(&entry.name, VCardProperty::Other(name) if name.eq_ignore_ascii_case(wanted));
        card.entries.iter().find(named).map(joined).unwrap_or_default()
    };
    let phonetic = [other("X-PHONETIC-LAST-NAME"), other("X-PHONETIC-FIRST-NAME")].join(" ");
    if !phonetic.trim().is_empty() {
        return phonetic;
    }
    let sounds = |entry: &&VCardEntry| {
        entry.name == VCardProperty::Sound && parameters(entry).to_ascii_uppercase().contains("X-IRMC-N")
    };
    let sound = card.entries.iter().find(sounds).map(parts).unwrap_or_default();
    sound.join(" ").replace(';', " ")
}

/// Family name; given name; further names; titles; what stands behind.
fn in_order(parts: &[String]) -> String {
    let part = |n: usize| parts.get(n).map(|part| part.trim()).unwrap_or_default();
    let asian =
        |text: &str| text.chars().any(|c| matches!(c, '\u{3040}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}'));
    let order = if asian(part(0)) { [3, 0, 1, 2, 4] } else { [3, 1, 2, 0, 4] };
    order.map(part).into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

fn joined(entry: &VCardEntry) -> String {
    parts(entry).join(" ").trim().to_owned()
}

fn parts(entry: &VCardEntry) -> Vec<String> {
    let text = |value: &VCardValue| match value {
        VCardValue::Text(text) => vec![text.clone()],
        VCardValue::Component(parts) => vec![parts.join(" ")],
        VCardValue::Integer(number) => vec![number.to_string()],
        _ => vec![],
    };
    entry.values.iter().flat_map(text).collect()
}

/// What says the kind of a number: its own parameters, or Apple's label of the same group.
fn words(card: &VCard, entry: &VCardEntry) -> String {
    let labels = |other: &&VCardEntry| {
        entry.group.is_some()
            && other.group == entry.group
            && matches!(&other.name, VCardProperty::Other(name) if name.eq_ignore_ascii_case("X-ABLabel"))
    };
    let label = card.entries.iter().find(labels).map(joined).unwrap_or_default();
    [parameters(entry), label].join(" ")
}

fn parameters(entry: &VCardEntry) -> String {
    let words = entry.params.iter().map(|parameter| match &parameter.value {
        VCardParameterValue::Type(kind) => kind.as_str().to_owned(),
        VCardParameterValue::Text(text) => text.clone(),
        _ => parameter.name.as_str().to_owned(),
    });
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
#[path = "vcard_tests.rs"]
mod tests;
