//! How much our server takes, beside bare actix and beside a server made as Twilio's quickstart is, all on this machine and in
//! the same minutes; the load is made beside them.

mod load;
mod ours;
pub(crate) mod peers;
pub(crate) mod replicas;

use std::sync::Arc;
use std::time::Duration;

use anyhow::Result;

use load::{Load, Request, load};
use ours::{Base, Ours};

/// Rows of the README's table.
pub(crate) async fn table() -> Result<Vec<String>> {
    let bare = {
        let bare = peers::bare().await?;
        let request: Request = Arc::new(|_| "GET /token HTTP/1.1\r\nHost: x\r\n\r\n".to_owned());
        load(bare.address, &request, "").await?
    };
    let quickstart = peers::quickstart().await?;
    let their_token: Request =
        Arc::new(|_| "POST /token HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n".to_owned());
    let their_token = load(quickstart.address, &their_token, "").await?;
    let their_call: Request = Arc::new(|_| {
        let body = "To=%2B819012345678&From=client%3Auser";
        format!(
            "POST /voice HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        )
    });
    let their_call = load(quickstart.address, &their_call, "<Dial").await?;
    let their_memory = quickstart.resident_mb()?;
    drop(quickstart);

    let ours = Ours::start(Base::File, 1).await?;
    let idle = ours.resident_mb()?;
    let token = load(ours.address(), &ours.token(), "").await?;
    let page = load(ours.address(), &Ours::page(), "").await?;
    let call = load(ours.address(), &ours.call_outgoing(), "<Dial").await?;
    let after = ours.resident_mb()?;
    drop(ours);
    let full = Ours::start(Base::File, 1).await?;
    full.remembers_many_calls().await?;
    let call_among_many = load(full.address(), &full.call_outgoing(), "<Dial").await?;

    let mut lines = vec![
        "| Server, 64 connections | a second | 99 of 100 within | of bare actix | times the quickstart |"
            .to_owned(),
        "|---|--:|--:|--:|--:|".to_owned(),
    ];
    let mut row = |what: &str, ours: Load, theirs: Option<Load>| {
        lines.push(format!(
            "| {what} | {:.0} | {} | {:.2} | {} |",
            ours.per_second,
            milliseconds(ours.p99),
            ours.per_second / bare.per_second,
            theirs.map_or_else(String::new, |theirs| format!("{:.1}", ours.per_second / theirs.per_second)),
        ));
    };
    row("bare actix", bare, None);
    row("access token, signed in", token, Some(their_token));
    row("page", page, None);
    row("signed `call_outgoing`, each a new call", call, Some(their_call));
    row("the same with 300,000 calls stored", call_among_many, Some(their_call));
    lines.push(String::new());
    lines.push("| Resident memory, MB | idle | after that load |".to_owned());
    lines.push("|---|--:|--:|".to_owned());
    lines.push(format!("| Sidetone | {idle:.0} | {after:.0} |"));
    lines.push(format!("| quickstart | | {their_memory:.0} |"));
    Ok(lines)
}

fn milliseconds(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1000.0)
}
