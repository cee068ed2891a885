//! What one server takes with SQLite and with PostgreSQL, and what three of them take on one PostgreSQL: all of them and the
//! database on this machine, with the load beside them.

use anyhow::Result;

use super::{
    load::{Load, load_of},
    milliseconds,
    ours::{Base, Ours},
};

/// Rows of the README's table. Needs a PostgreSQL server that writes to the disk.
pub(crate) async fn table() -> Result<Vec<String>> {
    let mut lines = vec![
        "| Servers, 64 connections | tokens a second | half within | 99 of 100 | new calls a second | half within | 99 of 100 | MB each |"
            .to_owned(),
        "|---|--:|--:|--:|--:|--:|--:|--:|".to_owned(),
    ];
    for (what, base, servers) in [
        ("one, SQLite", Base::File, 1),
        ("one, PostgreSQL", Base::Postgres, 1),
        ("three, one PostgreSQL", Base::Postgres, 3),
    ] {
        let ours = Ours::start(base, servers).await?;
        let token = load_of(&ours.addresses, &ours.token(), "").await?;
        let call = load_of(&ours.addresses, &ours.call_outgoing(), "<Dial").await?;
        let memory = ours.resident_mb()?;
        lines.push(format!("| {what} | {} | {} | {memory:.0} |", cells(token), cells(call)));
    }
    Ok(lines)
}

fn cells(Load { per_second, median, p99 }: Load) -> String {
    format!("{per_second:.0} | {} | {}", milliseconds(median), milliseconds(p99))
}
