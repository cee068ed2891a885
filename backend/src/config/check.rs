//! From what was written to [`Settings`], with every fault found, not only the first.

use std::{borrow::Cow, collections::BTreeMap, fmt, net::SocketAddr, path::PathBuf};

use secrecy::SecretString;
use serde::de::IgnoredAny;
use thiserror::Error;

use super::{
    dial::dial,
    network,
    number::number,
    openid,
    public_url::PublicUrl,
    raw::{Account, List, RawSettings, RawTwilio, Text, default_database},
    settings::{Database, Settings, Twilio},
    sign_in,
};
use crate::twilio::edges;

/// One thing that is wrong, and what would be right.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Fault {
    /// Such as `twilio.account_sid`.
    pub key: Cow<'static, str>,
    /// Continues the sentence that the key starts. Never holds a secret.
    pub what: String,
}

/// All faults of a configuration, one a line.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
pub struct Faults(pub Vec<Fault>);

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let n = self.0.len();
        write!(f, "{n} {} in the configuration:", if n == 1 { "fault" } else { "faults" })?;
        for Fault { key, what } in &self.0 {
            let variable = key.to_uppercase().replace('.', "__");
            write!(f, "\n  {key} {what} (in the environment: SIDETONE_{variable})")?;
        }
        Ok(())
    }
}

/// Longest access token life that Twilio accepts is a day; below a minute the refresh would chase itself.
const TOKEN_LIFETIME_S: (u32, u32) = (60, 86_400);
const SESSION_LIFETIME_S: (u32, u32) = (300, 365 * 86_400);
/// Twilio's own bounds for `<Dial timeout>`.
const RING_TIMEOUT_S: (u32, u32) = (5, 600);
/// Twilio's own maximum for `<Dial timeLimit>` is a day.
const CALL_TIME_LIMIT_S: (u32, u32) = (60, 86_400);

pub(super) fn check(mut raw: RawSettings) -> Result<Settings, Faults> {
    let mut faults = Vec::new();
    let public_url = public_url(raw.public_url.take(), &mut faults);
    let https = public_url.as_ref().map(PublicUrl::is_https);
    let network = network::network(&mut raw, https, &mut faults);
    let sign_in = sign_in::sign_in(&mut raw, &mut faults);
    let openid = openid::openid(raw.openid.take(), &mut faults);
    let database = database(raw.database, &mut faults);
    let ui_dir = text("ui_dir", raw.ui_dir, &mut faults).unwrap_or_default();
    let twilio = match raw.twilio {
        None => twilio(RawTwilio::default(), &mut faults),
        Some(Account::Table(raw)) => twilio(raw, &mut faults),
        Some(Account::Other(_)) => {
            fault(
                &mut faults,
                "twilio",
                "must be a table: a line [twilio], and the settings of the account below it",
            );
            None
        }
    };
    let bind = text("bind", raw.bind, &mut faults).unwrap_or_default();
    let bind = match bind.map(|text| text.parse::<SocketAddr>()) {
        None => None,
        Some(Ok(bind)) => Some(bind),
        Some(Err(_)) => {
            fault(&mut faults, "bind", "must be an address and a port, such as 127.0.0.1:8080");
            None
        }
    };
    let edges = edges(raw.edges, &mut faults);
    let dial = dial(raw.dial, &mut faults);
    unknown("", raw.unknown, &mut faults);
    let mut within = |key, raw, range| number(key, " of seconds", raw, range, &mut faults);
    let token_lifetime_s = within("token_lifetime_s", raw.token_lifetime_s, TOKEN_LIFETIME_S);
    let session_lifetime_s = within("session_lifetime_s", raw.session_lifetime_s, SESSION_LIFETIME_S);
    let ring_timeout_s = within("ring_timeout_s", raw.ring_timeout_s, RING_TIMEOUT_S);
    let call_time_limit_s = within("call_time_limit_s", raw.call_time_limit_s, CALL_TIME_LIMIT_S);

    let (Some(public_url), Some(twilio), Some(database), true) =
        (public_url, twilio, database, faults.is_empty())
    else {
        return Err(Faults(faults));
    };
    let base = Settings::new(public_url, database, twilio);
    Ok(Settings {
        bind: bind.unwrap_or(base.bind),
        ui_dir: ui_dir.map(PathBuf::from).unwrap_or(base.ui_dir),
        edges: edges.unwrap_or(base.edges),
        dial,
        token_lifetime_s: token_lifetime_s.unwrap_or(base.token_lifetime_s),
        session_lifetime_s: session_lifetime_s.unwrap_or(base.session_lifetime_s),
        ring_timeout_s: ring_timeout_s.unwrap_or(base.ring_timeout_s),
        call_time_limit_s: call_time_limit_s.unwrap_or(base.call_time_limit_s),
        network,
        sign_in,
        openid,
        ..base
    })
}

/// Only the database, for the commands that need no account.
pub(super) fn check_database(raw: Option<Text>) -> Result<Database, Faults> {
    let mut faults = Vec::new();
    database(raw, &mut faults).ok_or(Faults(faults))
}

pub(super) fn fault(faults: &mut Vec<Fault>, key: impl Into<Cow<'static, str>>, what: impl Into<String>) {
    faults.push(Fault { key: key.into(), what: what.into() });
}

pub(super) fn unknown(table: &str, names: BTreeMap<String, IgnoredAny>, faults: &mut Vec<Fault>) {
    for name in names.into_keys() {
        fault(
            faults,
            format!("{table}{name}"),
            "is no setting; sidetone.example.toml in the source names all that there are",
        );
    }
}

/// The text of a key, if there is one.
pub(super) fn text(
    key: &'static str,
    raw: Option<Text>,
    faults: &mut Vec<Fault>,
) -> Result<Option<String>, ()> {
    match raw {
        None => Ok(None),
        Some(Text::Text(text)) => Ok(Some(text.trim().to_owned()).filter(|text| !text.is_empty())),
        Some(Text::Other(_)) => {
            fault(faults, key, "must be a text in quotes");
            Err(())
        }
    }
}

fn database(raw: Option<Text>, faults: &mut Vec<Fault>) -> Option<Database> {
    let path = text("database", raw, faults).ok()?;
    Some(Database::File(path.map(PathBuf::from).unwrap_or_else(default_database)))
}

fn public_url(raw: Option<Text>, faults: &mut Vec<Fault>) -> Option<PublicUrl> {
    let Some(text) = text("public_url", raw, faults).ok()? else {
        fault(
            faults,
            "public_url",
            "is missing; write the address at which Twilio reaches this server, such as https://phone.example.com",
        );
        return None;
    };
    match PublicUrl::parse(&text) {
        Ok(url) => Some(url),
        Err(error) => {
            fault(faults, "public_url", error.to_string());
            None
        }
    }
}

fn twilio(raw: RawTwilio, faults: &mut Vec<Fault>) -> Option<Twilio> {
    let account_sid = sid("twilio.account_sid", "AC", raw.account_sid, faults);
    let api_key_sid = sid("twilio.api_key_sid", "SK", raw.api_key_sid, faults);
    let application_sid = sid("twilio.application_sid", "AP", raw.application_sid, faults);
    let auth_token = secret("twilio.auth_token", "it signs the webhooks", raw.auth_token, faults);
    let auth_token_secondary =
        optional_secret("twilio.auth_token_secondary", raw.auth_token_secondary, faults);
    let api_key_secret =
        secret("twilio.api_key_secret", "it was shown when the API key was made", raw.api_key_secret, faults);
    unknown("twilio.", raw.unknown, faults);
    Some(Twilio {
        account_sid: account_sid?,
        auth_token: auth_token?,
        auth_token_secondary: auth_token_secondary.ok()?,
        api_key_sid: api_key_sid?,
        api_key_secret: api_key_secret?,
        application_sid: application_sid?,
    })
}

fn sid(key: &'static str, letters: &str, raw: Option<Text>, faults: &mut Vec<Fault>) -> Option<String> {
    let Some(sid) = text(key, raw, faults).ok()? else {
        fault(
            faults,
            key,
            format!("is missing; copy the SID that starts with {letters} from Twilio's console"),
        );
        return None;
    };
    let hex = sid.strip_prefix(letters).unwrap_or_default();
    if hex.len() == 32 && hex.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Some(sid);
    }
    fault(
        faults,
        key,
        format!("is no SID of the right kind; it must be {letters} and 32 hexadecimal digits"),
    );
    None
}

fn secret(key: &'static str, hint: &str, raw: Option<Text>, faults: &mut Vec<Fault>) -> Option<SecretString> {
    let secret = optional_secret(key, raw, faults).ok()?;
    if secret.is_none() {
        fault(faults, key, format!("is missing; copy it from Twilio's console ({hint})"));
    }
    secret
}

fn optional_secret(
    key: &'static str,
    raw: Option<Text>,
    faults: &mut Vec<Fault>,
) -> Result<Option<SecretString>, ()> {
    let Some(secret) = text(key, raw, faults)? else { return Ok(None) };
    if secret.len() < 32 || !secret.bytes().all(|b| b.is_ascii_alphanumeric()) {
        fault(faults, key, "is no secret of Twilio's; it must be at least 32 letters and digits");
        return Err(());
    }
    Ok(Some(SecretString::from(secret)))
}

fn edges(raw: Option<List>, faults: &mut Vec<Fault>) -> Option<Vec<String>> {
    let edges = match raw? {
        List::Many(edges) => edges,
        List::One(text) => text.split(',').map(|edge| edge.trim().to_owned()).collect(),
        List::Other(_) => Vec::new(),
    };
    // What looks like no edge at all may be a secret in the wrong place, and is not repeated.
    let looks_like_one = |edge: &String| {
        (1..=20).contains(&edge.len())
            && edge.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    if edges.is_empty() || !edges.iter().all(looks_like_one) {
        fault(faults, "edges", "must name one or more Twilio edges, such as [\"tokyo\", \"roaming\"]");
        return None;
    }
    let known = edges.iter().all(|edge| edges::is_edge(edge));
    for edge in edges.iter().filter(|edge| !edges::is_edge(edge)) {
        fault(faults, "edges", edges::no_edge(edge));
    }
    known.then_some(edges)
}
