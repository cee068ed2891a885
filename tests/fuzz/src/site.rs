//! The server under test, and Twilio's part: a signer that shares no code with the server.

use std::{borrow::Cow, cell::RefCell, collections::BTreeSet, mem::ManuallyDrop};

use backend::{
    config::{Database, PublicUrl, Settings},
    lines::Line,
    testing::{Request, Site},
    twilio::{
        Credentials,
        sid::{AccountSid, ApiKeySid, ApplicationSid},
    },
};
use base64::{Engine, prelude::BASE64_STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use shared::PhoneNumber;

pub(crate) const PUBLIC_URL: &str = "https://phone.example.com/prod";
pub(crate) const FORM: &str = "application/x-www-form-urlencoded";
const TOKEN: &str = "0123456789abcdef0123456789abcdef";
/// Numbers and client names of the lines.
pub(crate) const LINES: [(&str, &str); 2] = [("+815031234567", "line_a"), ("+12025550143", "line_b")];
/// The store is in memory and grows with every call.
const MOST_REQUESTS: u32 = 20_000;

thread_local! {
    /// Not dropped with its thread: by then what a runtime needs to end is gone.
    static SITE: RefCell<Option<(ManuallyDrop<Site>, u32)>> = const { RefCell::new(None) };
}

/// Status and body; `None` for what is no HTTP request.
pub(crate) fn ask(request: &Request<'_>) -> Option<(u16, String)> {
    SITE.with_borrow_mut(|kept| {
        if kept.as_ref().is_none_or(|(_, used)| *used >= MOST_REQUESTS) {
            // The old one ends before the new one begins: a thread has one runtime.
            drop(kept.take().map(|(site, _)| ManuallyDrop::into_inner(site)));
            *kept = Some((ManuallyDrop::new(start()), 0));
        }
        let (site, used) = kept.as_mut().expect("just started");
        *used += 1;
        let (status, body) = site.ask(request)?;
        Some((status, String::from_utf8(body).expect("every answer is UTF-8")))
    })
}

fn start() -> Site {
    let twilio = Credentials {
        account_sid: AccountSid::parse("AC00000000000000000000000000000001").expect("a SID"),
        auth_token: TOKEN.to_owned().into(),
        auth_token_secondary: None,
        api_key_sid: ApiKeySid::parse("SK00000000000000000000000000000001").expect("a SID"),
        api_key_secret: "abcdefghijklmnopqrstuvwxyz012345".to_owned().into(),
        application_sid: ApplicationSid::parse("AP00000000000000000000000000000001").expect("a SID"),
    };
    let public_url = PublicUrl::parse(PUBLIC_URL).expect("a URL");
    let settings = Settings::new(public_url, Database::Memory, twilio);
    let lines = LINES.map(|(number, client_name)| {
        let number = PhoneNumber::from_e164(number).expect("a number");
        let line = Line::new(number, String::new(), String::new()).expect("random numbers");
        Line { client_name: client_name.to_owned(), ..line }
    });
    Site::start(settings, &lines).expect("a server")
}

/// `X-Twilio-Signature` as Twilio's documentation describes it.
pub(crate) fn sign(url: &str, form: &[(String, String)]) -> String {
    let mut text = url.to_owned();
    for (name, value) in form.iter().collect::<BTreeSet<_>>() {
        text += name;
        text += value;
    }
    let mut mac = Hmac::<Sha1>::new_from_slice(TOKEN.as_bytes()).expect("any length will do");
    mac.update(text.as_bytes());
    BASE64_STANDARD.encode(mac.finalize().into_bytes())
}

/// A form, read by the letter of the URL standard: another reader than the server's.
pub(crate) fn read_form(body: &[u8]) -> Vec<(String, String)> {
    let pairs = body.split(|b| *b == b'&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| {
            let equals = pair.iter().position(|b| *b == b'=').unwrap_or(pair.len());
            (unescape(&pair[..equals]), unescape(pair.get(equals + 1..).unwrap_or_default()))
        })
        .collect()
}

fn unescape(text: &[u8]) -> String {
    let hex = |b: Option<&u8>| b.and_then(|b| char::from(*b).to_digit(16));
    let (mut bytes, mut at) = (Vec::new(), 0);
    while let Some(byte) = text.get(at) {
        match (byte, hex(text.get(at + 1)), hex(text.get(at + 2))) {
            (b'%', Some(high), Some(low)) => {
                bytes.push((high * 16 + low) as u8);
                at += 2;
            }
            (b'+', ..) => bytes.push(b' '),
            _ => bytes.push(*byte),
        }
        at += 1;
    }
    match String::from_utf8_lossy(&bytes) {
        Cow::Owned(text) => text,
        Cow::Borrowed(text) => text.to_owned(),
    }
}
