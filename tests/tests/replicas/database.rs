//! The database fails under calls: they are answered, what is reported waits, and all comes back by itself.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use e2e::PATIENCE;
use e2e::replicas::caller::{Call, Fate};
use e2e::replicas::cluster::Cluster;
use e2e::replicas::fleet::Fleet;
use e2e::replicas::wire::Wire;
use futures_util::future::try_join_all;
use tokio::time::Instant;

const LINES: usize = 6;
/// Twilio gives up after 15 seconds; HAProxy, in front of a server, after 12.
const ANSWERED_WITHIN: Duration = Duration::from_secs(12);
const MORE: &str = "call_time_limit_s = 600\n";

/// Calls of each line, one after the other, incoming and outgoing ones, of which none may be refused.
async fn calls(fleet: &Fleet, first: usize, of_a_line: usize) -> Result<Vec<String>> {
    let twilio = fleet.twilio();
    let of_line = async |line: usize| {
        let mut truth = Vec::new();
        for i in 0..of_a_line {
            let number = first + line * of_a_line + i;
            let fate = if i % 3 == 0 { Fate::NoAnswer } else { Fate::Completed(7) };
            let call = Call::numbered(number, &fleet.lines[line], i % 2 == 0, fate);
            let began = Instant::now();
            call.runs(&twilio, async || {}).await?;
            ensure!(began.elapsed() < ANSWERED_WITHIN * 5, "{call:?} took {:?}", began.elapsed());
            truth.push(call.truth());
        }
        anyhow::Ok(truth)
    };
    Ok(try_join_all((0..LINES).map(of_line)).await?.concat())
}

async fn with(fleet: Fleet, test: impl AsyncFnOnce(&Fleet) -> Result<()>) -> Result<()> {
    let outcome =
        tokio::time::timeout(PATIENCE * 6, test(&fleet)).await.context("it does not come to an end");
    outcome.and_then(|outcome| outcome).with_context(|| fleet.logs())
}

/// All of them say that they are not ready, and why.
async fn none_is_ready(fleet: &Fleet) -> Result<()> {
    for replica in &fleet.replicas {
        replica.comes_to(503).await?;
    }
    Ok(())
}

#[tokio::test]
async fn connections_that_fall_silent_are_given_up() -> Result<()> {
    let cluster = Cluster::start().await?;
    let wire = Wire::to(cluster.socket()).await?;
    let seen = format!("database = \"postgresql://sidetone@{}/postgres\"", wire.address());
    let fleet = Fleet::start(&cluster.url(), &seen, LINES, MORE).await?;
    with(fleet, async |fleet| {
        let mut truth = calls(fleet, 0, 2).await?;
        // Those that wait in the servers, and those that are in use.
        for round in 1..3 {
            wire.falls_silent();
            truth.extend(calls(fleet, round * 1000, 2).await?);
            fleet.is_ready().await?;
        }
        // Nobody is there at all, for a while.
        wire.swallows_all(true);
        let made = wire.made();
        truth.extend(calls(fleet, 5000, 1).await?);
        ensure!(wire.made() > made, "nobody tries anew");
        none_is_ready(fleet).await?;
        wire.swallows_all(false);
        fleet.is_ready().await?;
        fleet.has_logged(truth).await
    })
    .await
}
