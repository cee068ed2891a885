//! How long a function of Lambda that is started for it takes to its first answer, and to the next.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use e2e::lambda::event::{Answered, Asked, Format};
use e2e::lambda::instance::Instance;
use e2e::lambda::runtime_api::Outcome;
use e2e::lambda::site::{PUBLIC_URL, Site};

use crate::figures::Figures;

const STARTS: usize = 15;

/// Rows of the README's table. Needs the program of `make lambda`, and a PostgreSQL server.
pub(crate) async fn table() -> Result<Vec<String>> {
    let site = Site::new(PUBLIC_URL).await?;
    let cookies = site.signed_in(&site.instance("")?, Format::V2).await?;
    let mut lines = vec![
        format!(
            "| A function of Lambda, median of {STARTS} (worst) | ms until the first answer | ms until the next |"
        ),
        "|---|--:|--:|".to_owned(),
    ];
    for (what, call) in [("access token, signed in", false), ("signed `call_incoming`, TwiML", true)] {
        let (mut first, mut next) = (Figures::default(), Figures::default());
        for n in 0..STARTS {
            let asked =
                |call_sid: &str| if call { site.call_incoming(call_sid) } else { Site::token(&cookies) };
            // The line is free.
            site.rows("DELETE FROM calls").await?;
            let begin = Instant::now();
            let instance = site.instance("")?;
            answered(&instance, &asked(&format!("CA0{n:031}"))).await?;
            first.note(milliseconds(begin.elapsed()));
            site.rows("DELETE FROM calls").await?;
            let begin = Instant::now();
            answered(&instance, &asked(&format!("CA1{n:031}"))).await?;
            next.note(milliseconds(begin.elapsed()));
        }
        lines.push(format!(
            "| {what} | {:.0} ({:.0}) | {:.1} ({:.1}) |",
            first.median()?,
            first.worst(),
            next.median()?,
            next.worst()
        ));
    }
    Ok(lines)
}

async fn answered(instance: &Instance, asked: &Asked) -> Result<()> {
    let event = asked.event(Format::V2)?.to_string();
    let Outcome::Answer(answer) = instance.invoke_running(event).await? else {
        anyhow::bail!("no answer: {}", instance.log());
    };
    let answered = Answered::read(Format::V2, &answer)?;
    let is_one = answered.text().contains("</Client>") || answered.text().contains("\"token\":");
    ensure!(answered.status == 200 && is_one, "{}: {}", answered.status, answered.text());
    Ok(())
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
