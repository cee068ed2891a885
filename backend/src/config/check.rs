//! From what was written to [`Settings`], with every fault found, not only the first.

use std::{net::SocketAddr, path::PathBuf};

use super::{
    dial::{Dial, dial},
    fault::{Fault, Faults, fault, unknown},
    network,
    number::number,
    openid,
    postgres_url::PostgresUrl,
    raw::{Account, DialTable, List, RawSettings, RawTwilio, Text, default_database},
    settings::{Database, Settings},
    sign_in::{self, SignInSettings},
    text::text,
    twilio::twilio,
};
use crate::{page_source::PageSource, public_url::PublicUrl, twilio::edges};

/// Longest access token life that Twilio accepts is a day; below a minute the refresh would chase itself.
const TOKEN_LIFETIME_S: (u32, u32) = (60, 86_400);
const SESSION_LIFETIME_S: (u32, u32) = (300, 365 * 86_400);
/// Twilio's own bounds for `<Dial timeout>`.
const RING_TIMEOUT_S: (u32, u32) = (5, 600);
/// Twilio's own maximum for `<Dial timeLimit>` is a day.
const CALL_TIME_LIMIT_S: (u32, u32) = (60, 86_400);

/// Whom lines may dial, for the commands that need no account.
pub(super) fn check_dial(raw: Option<DialTable>) -> Result<Dial, Faults> {
    let mut faults = Vec::new();
    let dial = dial(raw, &mut faults);
    if faults.is_empty() { Ok(dial) } else { Err(Faults(faults)) }
}

/// Sessions and audit log, for the commands that need no account.
pub(super) fn check_sign_in(mut raw: RawSettings) -> Result<SignInSettings, Faults> {
    let mut faults = Vec::new();
    let sign_in = sign_in::sign_in(&mut raw, &mut faults);
    if faults.is_empty() { Ok(sign_in) } else { Err(Faults(faults)) }
}

pub(super) fn check(mut raw: RawSettings) -> Result<Settings, Faults> {
    let mut faults = Vec::new();
    let public_url = public_url(raw.public_url.take(), &mut faults);
    let https = public_url.as_ref().map(PublicUrl::is_https);
    let network = network::network(&mut raw, https, &mut faults);
    let sign_in = sign_in::sign_in(&mut raw, &mut faults);
    let openid = openid::openid(raw.openid.take(), &mut faults);
    let database = database(raw.database, raw.database_direct, &mut faults);
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
        page: PageSource::of(ui_dir.map(PathBuf::from)),
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
pub(super) fn check_database(raw: Option<Text>, direct: Option<Text>) -> Result<Database, Faults> {
    let mut faults = Vec::new();
    database(raw, direct, &mut faults).ok_or(Faults(faults))
}

fn database(raw: Option<Text>, direct: Option<Text>, faults: &mut Vec<Fault>) -> Option<Database> {
    let direct = text("database_direct", direct, faults).ok()?;
    let database = named_database(raw, faults)?;
    let Some(direct) = direct else { return Some(database) };
    let Database::Postgres(url) = database else {
        fault(
            faults,
            "database_direct",
            "is the way past a pooler to the PostgreSQL server whose pooler `database` names; leave it out",
        );
        return None;
    };
    match PostgresUrl::parse(&direct) {
        Ok(direct) => Some(Database::Postgres(url.with_direct(direct))),
        Err(says) => {
            fault(faults, "database_direct", says);
            None
        }
    }
}

fn named_database(raw: Option<Text>, faults: &mut Vec<Fault>) -> Option<Database> {
    let Some(text) = text("database", raw, faults).ok()? else {
        return Some(Database::File(default_database()));
    };
    let meant = if PostgresUrl::is_meant(&text) {
        PostgresUrl::parse(&text).map(Database::Postgres)
    } else if text.contains("://") {
        Err("is of a kind that sidetone does not know; write the path of a file (SQLite), or \
             postgresql://user:password@host/database"
            .to_owned())
    } else {
        Ok(Database::File(PathBuf::from(text)))
    };
    meant.map_err(|says| fault(faults, "database", says)).ok()
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
