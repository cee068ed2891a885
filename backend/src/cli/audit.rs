use anyhow::{Context, Result, bail};
use backend::{
    audit::event::{Actor, AuditEvent, AuditRecord},
    clock::now_s,
    config,
    store::Store,
};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde_json::json;
use shared::PhoneNumber;

use super::{
    args::{AuditArgs, ConfigArgs},
    database,
    terminal::{complain, print},
};

/// Shows the audit log, oldest first. Works while the server runs.
pub(super) async fn audit(config: ConfigArgs, args: AuditArgs) -> Result<()> {
    let since = args.since.map(|text| since(&text, now_s())).transpose()?.unwrap_or(i64::MIN);
    let line = args
        .line
        .map(|line| PhoneNumber::parse(&line, None).with_context(|| format!("“{line}” is no phone number")));
    let database = config::load_database(config.file())?;
    let Some(store) = database::look_at(&database).await? else {
        complain(&format!("There is no audit log yet: {}.", database::missing(&database)));
        return Ok(());
    };
    for record in store.audit(since, line.transpose()?.as_ref()).await? {
        print(&if args.json { as_json(&record) } else { as_text(&record) });
    }
    Ok(())
}

/// Notes what an operator did. Unlike a request, a command fails when that cannot be written.
pub(super) async fn note(store: &dyn Store, event: AuditEvent) -> Result<()> {
    let record = AuditRecord::new(&event, now_s(), None).by(Actor::CommandLine);
    // How long entries are kept is the server's to know.
    store.add_audit(&record, i64::MIN).await.context("the audit log cannot be written")
}

/// `7d`, `24h`, `90m`, a day (`2026-11-22`, UTC) or a time (`2026-11-22T10:00:00Z`).
fn since(text: &str, now_s: i64) -> Result<i64> {
    let ago = [('d', 86_400), ('h', 3600), ('m', 60)].into_iter().find_map(|(unit, seconds)| {
        let count: u32 = text.strip_suffix(unit)?.parse().ok()?;
        Some(now_s.saturating_sub(i64::from(count) * seconds))
    });
    if let Some(at) = ago {
        return Ok(at);
    }
    if let Ok(at) = text.parse::<Timestamp>() {
        return Ok(at.as_second());
    }
    let day: Option<Date> = text.parse().ok();
    match day.and_then(|day| day.to_zoned(TimeZone::UTC).ok()) {
        Some(start) => Ok(start.timestamp().as_second()),
        None => bail!("“{text}” is no time; write 7d, 24h, 90m, 2026-11-22 or 2026-11-22T10:00:00Z"),
    }
}

fn time(at: i64) -> String {
    Timestamp::from_second(at).map_or_else(|_| at.to_string(), |at| at.to_string())
}

fn as_text(record: &AuditRecord) -> String {
    let line = record.line.as_ref().map_or("-", PhoneNumber::as_str);
    let address = record.address.as_deref().unwrap_or("-");
    let text = format!("{}  {:<22}{line:<17} {address:<16} {}", time(record.at), record.kind, record.detail);
    // Nothing is more common than the line itself.
    let by = record.by.as_ref().map(|by| format!("  [by {}]", by.as_str())).unwrap_or_default();
    format!("{}{by}", text.trim_end())
}

/// One object a line; times in seconds since the Unix epoch, and readable.
fn as_json(record: &AuditRecord) -> String {
    json!({
        "at": record.at,
        "time": time(record.at),
        "kind": record.kind,
        "line": record.line,
        "by": record.by.as_ref().map(Actor::as_str),
        "address": record.address,
        "detail": record.detail,
    })
    .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_in_every_form() {
        let now_s = 1_800_000_000;
        assert_eq!(since("7d", now_s).unwrap(), now_s - 7 * 86_400);
        assert_eq!(since("24h", now_s).unwrap(), now_s - 86_400);
        assert_eq!(since("90m", now_s).unwrap(), now_s - 5400);
        assert_eq!(since("2026-11-22", now_s).unwrap(), 1_795_305_600);
        assert_eq!(since("2026-11-22T01:00:00Z", now_s).unwrap(), 1_795_309_200);
        for wrong in ["", "yesterday", "-1d", "5w", "2026-13-01", "99999999999d"] {
            assert!(since(wrong, now_s).is_err(), "{wrong}");
        }
    }
}
