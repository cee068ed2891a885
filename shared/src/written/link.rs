//! Links that carry a number, by the schemes and sites that have them.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use super::keys::{MAX_KEYS, keys};
use super::{Note, Unclear, Written, query, text};
use crate::phone::uri::TelUri;
use crate::{Country, PhoneNumber, PhoneNumberError};

/// What is written like a `tel:` URI behind the scheme.
const LIKE_TEL: [&str; 12] = [
    "tel",
    "telprompt",
    "callto",
    "phone",
    "dial",
    "facetime",
    "facetime-audio",
    "sms",
    "smsto",
    "mms",
    "mmsto",
    "imessage",
];
/// Its own application's, with the number in a parameter.
const APPS: [&str; 5] = ["whatsapp", "viber", "tg", "sgnl", "intent"];

/// Reads a text that is a link as a whole; `None` when it is none.
pub(super) fn read(text: &str, home: Option<Country>) -> Option<Result<Written, Unclear>> {
    // `Tel: 03-1234-5678` is a label; no URI has spaces. With parameters it is meant as one.
    if text.contains(|sign: char| sign.is_whitespace()) && !text.contains(";phone-context=") {
        return None;
    }
    let (scheme, rest) = match text.split_once(':') {
        Some((scheme, rest)) if is_scheme(scheme) => (scheme.to_ascii_lowercase(), rest),
        _ => return site(text),
    };
    match scheme.as_str() {
        like_tel if LIKE_TEL.contains(&like_tel) => Some(tel(rest, home)),
        "skype" => Some(international(rest.split('?').next().unwrap_or_default(), true)),
        "sip" | "sips" => Some(sip(rest)),
        "http" | "https" => Some(site(rest.trim_start_matches('/')).unwrap_or(Err(Unclear::Link))),
        app if APPS.contains(&app) => Some(in_parameter(rest).unwrap_or(Err(Unclear::Link))),
        _ => rest.starts_with("//").then_some(Err(Unclear::Link)),
    }
}

/// Takes the links and e-mail addresses out of a text: their digits are no numbers, but for those that the links carry.
pub(super) fn take_out(text: &str, home: Option<Country>) -> (Cow<'_, str>, Vec<Result<Written, Unclear>>) {
    if !text.contains(['@', '/']) {
        return (text.into(), Vec::new());
    }
    let mut left = String::with_capacity(text.len());
    let mut found = Vec::new();
    for word in text.split_inclusive(|sign: char| sign.is_whitespace() || "<>()[]\"'".contains(sign)) {
        if let Some(at) = link_in(word) {
            let (before, link) = word.split_at(at);
            let link = link.trim_end_matches(|sign: char| !sign.is_alphanumeric() && sign != '+');
            found.extend(read(link, home));
            left.push_str(before);
            left.push('\n');
        } else if let Some((before, behind)) = word.split_once('@').filter(|_| word.contains('.')) {
            // In a row of a table, the number may stand beside it.
            let is_end = |sign| matches!(sign, ',' | ';' | '|');
            left.push_str(&before[..before.rfind(is_end).map_or(0, |at| at + 1)]);
            left.push('\n');
            left.push_str(behind.find(is_end).map_or("", |at| &behind[at + 1..]));
        } else {
            left.push_str(word);
        }
    }
    (left.into(), found)
}

/// Where a link begins in a word.
fn link_in(word: &str) -> Option<usize> {
    let site = word.find("wa.me/");
    let scheme = word
        .find("://")
        .map(|end| word[..end].trim_end_matches(|sign: char| sign.is_ascii_alphabetic()).len());
    scheme.into_iter().chain(site).min()
}

/// RFC 3986.
pub(super) fn is_scheme(text: &str) -> bool {
    text.starts_with(|sign: char| sign.is_ascii_alphabetic())
        && text.bytes().all(|sign| sign.is_ascii_alphanumeric() || b"+-.".contains(&sign))
}

fn tel(rest: &str, home: Option<Country>) -> Result<Written, Unclear> {
    let mut uri = TelUri::of(rest);
    // `tel:+18005551234,,12#` is in no standard, but in many calendars.
    let follows =
        uri.number.find([',', 'p', 'P', 'w', 'W']).and_then(|at| Some((at, keys(&uri.number[at..])?)));
    let mut sent = follows.map_or(String::new(), |(at, keys)| {
        uri.number.truncate(at);
        keys
    });
    let number = match uri.number(home) {
        // `TEL:03-1234-5678(代表)` is a label, too, and `tel:1-800-FLOWERS` is in many pages.
        Err(PhoneNumberError::Character { .. } | PhoneNumberError::Extension)
            if uri.is_bare() && !uri.number.contains('%') =>
        {
            return text::read_among(&decoded(rest), home, &|_| String::new());
        }
        number => number?,
    };
    let says_country = uri.parameter("phone-context").is_some() || uri.number(None).is_ok();
    if !says_country && uri.has_stray_country() {
        return Err(PhoneNumberError::Context.into());
    }
    let mut written = Written::whole(number, says_country);
    if let Some(extension) = uri.parameter("ext") {
        match keys(&[",", extension].concat()) {
            Some(keys) => {
                sent.push_str(&keys);
                written.note = Some(Note::Extension(extension.to_owned()));
            }
            None => written.note = Some(Note::LeftOut(extension.to_owned())),
        }
    }
    match uri.parameter("postd").map(|postd| (postd, keys(postd))) {
        Some((_, Some(keys))) => sent.push_str(&keys),
        Some((postd, None)) => written.note = Some(Note::LeftOut(postd.to_owned())),
        None => {}
    }
    // A subaddress of ISDN: nothing that a call from here could carry.
    if let Some(isub) = uri.parameter("isub") {
        written.note = Some(Note::LeftOut(isub.to_owned()));
    }
    sent.truncate(MAX_KEYS);
    written.keys = sent;
    Ok(written)
}

/// `sip:+6562345678@example.com;user=phone`. Where it is no international number, it holds at that domain only.
fn sip(rest: &str) -> Result<Written, Unclear> {
    let (user, _) = rest.split_once('@').ok_or(Unclear::Link)?;
    let user = user.split([';', ':']).next().unwrap_or_default();
    match international(user, true) {
        Err(_) if crate::phone::cleaning::clean(&decoded(user)).is_ok() => {
            Err(PhoneNumberError::Context.into())
        }
        read => read,
    }
}

/// What stands behind the scheme of a web address.
fn site(address: &str) -> Option<Result<Written, Unclear>> {
    let end = address.find(['/', '?', '#']).unwrap_or(address.len());
    let (host, path) = address.split_at(end);
    let host = host.to_ascii_lowercase();
    let path = path.strip_prefix('/').unwrap_or(path);
    let first = path.split(['/', '?', '#']).next().unwrap_or_default();
    match host.strip_prefix("www.").unwrap_or(&host) {
        "wa.me" => Some(international(first, false)),
        "t.me" | "telegram.me" => Some(international(first, true)),
        "signal.me" => Some(international(path.rsplit('/').next().unwrap_or_default(), true)),
        "api.whatsapp.com" | "web.whatsapp.com" | "whatsapp.com" => {
            Some(in_parameter(path).unwrap_or(Err(Unclear::Link)))
        }
        _ => None,
    }
}

/// The number in a parameter of an address, always international, with or without the plus sign.
fn in_parameter(address: &str) -> Option<Result<Written, Unclear>> {
    if let Some(number) = address.split_once("signal.me/#p/") {
        return Some(international(number.1, true));
    }
    let (_, query) = address.split_once('?')?;
    let query = query.split('#').next().unwrap_or_default();
    let number = ["phone", "number"].iter().find_map(|name| query::parameter(query, name))?;
    Some(international(&number, false))
}

/// Digits behind the country code. Those sites where the plus sign is not left out have it before numbers only: what has
/// none is a name.
fn international(escaped: &str, needs_plus: bool) -> Result<Written, Unclear> {
    let text = decoded(escaped.trim_start_matches('/'));
    let digits = text.trim_start_matches([' ', '+']);
    if (needs_plus && !text.trim_start().starts_with('+'))
        || !digits.starts_with(|sign: char| sign.is_ascii_digit())
    {
        return Err(Unclear::Link);
    }
    let digits = digits.strip_prefix("00").unwrap_or(digits);
    Ok(Written::whole(PhoneNumber::parse(&["+", digits].concat(), None)?, true))
}

fn decoded(text: &str) -> Cow<'_, str> {
    percent_decode_str(text).decode_utf8_lossy()
}
