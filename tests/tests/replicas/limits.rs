//! What is asked of three servers at one moment gets no more than one server would grant.

use anyhow::{Context, Result, ensure};
use e2e::lambda::database;
use e2e::replicas::caller::{Call, Fate};
use e2e::replicas::fleet::Fleet;
use futures_util::future::try_join_all;
use reqwest::Method;
use serde_json::json;
use shared::api::paths;

const ASKED: usize = 50;

async fn granted(fleet: &Fleet, line: usize, first: usize) -> Result<usize> {
    let twilio = fleet.twilio();
    let asked = (0..ASKED).map(|i| Call::numbered(first + i, &fleet.lines[line], true, Fate::Completed(1)));
    let asked: Vec<_> = asked.collect();
    let granted = try_join_all(asked.iter().map(async |call| {
        let twiml = call.begins(&twilio).await?;
        ensure!(call.is_granted(&twiml) || twiml.contains("<Hangup"), "{twiml}");
        Ok(call.is_granted(&twiml))
    }));
    Ok(granted.await?.into_iter().filter(|granted| *granted).count())
}

#[tokio::test]
async fn fifty_at_once_get_no_more_than_one_server_would_grant() -> Result<()> {
    let database = database::empty().await?;
    // A minute for each call, so that each limit is met alone.
    let more = "call_time_limit_s = 60\n[dial]\ncalls_at_once = 5\nminutes_per_day = 60\n";
    let fleet = Fleet::start(&database, &format!("database = \"{database}\""), 3, more).await?;
    let outcome = async {
        let at_once = granted(&fleet, 0, 0).await?;
        ensure!(at_once == 5, "{at_once} calls at once");
        let minutes =
            ["line", "limits", &fleet.lines[1].number, "--calls-at-once", "100", "--minutes-per-day", "7"];
        fleet.replicas[0].sidetone(&minutes).await?;
        let minutes = granted(&fleet, 1, 1000).await?;
        ensure!(minutes == 7, "{minutes} calls of a minute");

        let wrong =
            json!({ "phone_number": fleet.lines[2].number, "passcode": "a wrong passcode" }).to_string();
        let tries = (0..ASKED).map(async |_| {
            let answer = fleet.asks(Method::POST, paths::SESSION, "").body(wrong.clone()).send().await?;
            anyhow::Ok(answer.status().as_u16())
        });
        let statuses = try_join_all(tries).await?;
        let count = |status| statuses.iter().filter(|told| **told == status).count();
        // Ten failures of a number in five minutes; who comes while all places are taken is turned away.
        ensure!((1..=10).contains(&count(401)), "{statuses:?}");
        ensure!(count(401) + count(429) + count(503) == ASKED, "{statuses:?}");
        Ok(())
    };
    outcome.await.with_context(|| fleet.logs())
}
