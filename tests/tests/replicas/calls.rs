//! Calls while servers are killed or replaced: each request may meet one that ends.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use e2e::PATIENCE;
use e2e::lambda::database;
use e2e::replicas::caller::{Call, Fate};
use e2e::replicas::chance::Chance;
use e2e::replicas::fleet::{Fleet, PASSCODE};
use e2e::replicas::twilio::Twilio;
use futures_util::future::try_join_all;
use reqwest::Method;
use serde_json::json;
use shared::api::paths;
use tokio::sync::watch;

/// Each has a call at a time.
const LINES: usize = 10;
const CALLS_OF_A_LINE: usize = 10;
/// Of one more line, at the same time.
const AT_ONCE: usize = 3;

/// Lets requests begin up to some number, so that there are some at whatever moment a server ends.
struct Turns {
    begun: AtomicUsize,
    up_to: watch::Sender<usize>,
}

impl Turns {
    async fn next(&self) {
        let own = self.begun.fetch_add(1, Ordering::SeqCst);
        drop(self.up_to.subscribe().wait_for(|up_to| own < *up_to).await);
    }

    /// Waits until so many have begun.
    async fn have(&self, count: usize) {
        while self.begun.load(Ordering::SeqCst) < count {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }
}

fn fate(number: usize) -> Fate {
    match number % 5 {
        0 => Fate::Busy,
        1 => Fate::NoAnswer,
        2 => Fate::Canceled,
        _ => Fate::Completed(u32::try_from(number % 50).unwrap_or(0) + 1),
    }
}

/// All calls of one line, one after the other, as people have them.
async fn calls_of(fleet: &Fleet, line: usize, turns: &Turns) -> Result<Vec<String>> {
    let twilio = fleet.twilio();
    let mut truth = Vec::new();
    for i in 0..CALLS_OF_A_LINE {
        let number = line * CALLS_OF_A_LINE + i;
        let call = Call::numbered(number, &fleet.lines[line], i % 2 == 0, fate(number));
        call.runs(&twilio, async || turns.next().await).await?;
        truth.push(call.truth());
    }
    Ok(truth)
}

/// A line that always wants one call more than it may have. Whichever server is asked, it gets no more, and no fewer.
async fn limit_holds(
    twilio: &Twilio,
    fleet: &Fleet,
    turns: &Turns,
    over: &watch::Receiver<bool>,
) -> Result<Vec<String>> {
    let line = &fleet.lines[LINES];
    let mut truth = Vec::new();
    for round in 0.. {
        if *over.borrow() {
            break;
        }
        let number = |i| 10_000 + round * 10 + i;
        let calls: Vec<_> =
            (0..AT_ONCE).map(|i| Call::numbered(number(i), line, true, Fate::Completed(1))).collect();
        let granted = try_join_all(calls.iter().map(async |call| {
            turns.next().await;
            Ok::<_, anyhow::Error>(call.is_granted(&call.begins(twilio).await?))
        }));
        ensure!(granted.await? == [true; AT_ONCE], "fewer calls than the limit are refused");
        let more = Call::numbered(number(AT_ONCE), line, true, Fate::Busy);
        turns.next().await;
        ensure!(!more.is_granted(&more.begins(twilio).await?), "a call beyond the limit is granted");
        truth.push(format!(
            "{} - {} outgoing {} refused:too_many_calls 0",
            more.parent, line.number, more.peer
        ));
        for call in calls {
            turns.next().await;
            call.ends(twilio).await?;
            truth.push(call.truth());
        }
    }
    Ok(truth)
}

/// A browser that is in nobody's way, and whose every request must be answered. It signs in anew each time, which is a request
/// that nobody may repeat.
async fn browser_notices_nothing(fleet: &Fleet, over: &watch::Receiver<bool>) -> Result<usize> {
    let mut times = 0;
    let who = json!({ "phone_number": fleet.lines[0].number, "passcode": PASSCODE }).to_string();
    while !*over.borrow() {
        let answer = fleet.asks(Method::POST, paths::SESSION, "").body(who.clone()).send().await?;
        ensure!(answer.status() == 200, "sign-in: {}", answer.status());
        let cookie = cookie_of(&answer)?;
        for path in [paths::SESSION, "healthz", ""] {
            let answer = fleet.asks(Method::GET, path, &cookie).send().await?;
            ensure!(answer.status() == 200, "{path}: {}", answer.status());
        }
        let token = fleet.asks(Method::POST, paths::TOKEN, &cookie).send().await?;
        ensure!(token.status() == 200, "token: {}", token.status());
        let signed_out = fleet.asks(Method::DELETE, paths::SESSION, &cookie).send().await?;
        ensure!(signed_out.status().is_success(), "sign-out: {}", signed_out.status());
        times += 1;
    }
    Ok(times)
}

pub(crate) fn cookie_of(answer: &reqwest::Response) -> Result<String> {
    let cookies = answer.headers().get_all("set-cookie").iter();
    let cookies = cookies.filter_map(|cookie| cookie.to_str().ok()?.split(';').next());
    let cookies = cookies.collect::<Vec<_>>().join("; ");
    ensure!(!cookies.is_empty(), "no cookie");
    Ok(cookies)
}

#[derive(Clone, Copy, PartialEq)]
enum Unrest {
    /// As a machine that loses its power.
    Killed,
    /// As with an upgrade.
    Replaced,
}

async fn a_hundred_calls_while_servers_are(unrest: Unrest, times: usize, seed: u64) -> Result<()> {
    let database = database::empty().await?;
    let seen = format!("database = \"{database}\"");
    let more = format!("call_time_limit_s = 600\n[dial]\ncalls_at_once = {AT_ONCE}\n");
    let fleet = Fleet::start(&database, &seen, LINES + 1, &more).await?;
    let turns = Turns { begun: AtomicUsize::new(0), up_to: watch::Sender::new(0) };
    let (over, is_over) = watch::channel(false);
    let twilio = fleet.twilio();

    let unrest_goes_on = async {
        let mut chance = Chance::new(seed);
        for time in 0..times {
            // Some before, and enough that others are under way and follow.
            let at = turns.begun.load(Ordering::SeqCst) + 5 + chance.below(30);
            turns.up_to.send_replace(at + 30);
            turns.have(at).await;
            let server = &fleet.replicas[time % 3];
            match unrest {
                Unrest::Killed => server.kill().await?,
                Unrest::Replaced => server.terminate().await?,
            }
            server.start().await?;
            server.comes_to(200).await?;
        }
        turns.up_to.send_replace(usize::MAX);
        anyhow::Ok(())
    };
    let calls = async {
        let truth = try_join_all((0..LINES).map(|line| calls_of(&fleet, line, &turns))).await?;
        over.send_replace(true);
        anyhow::Ok(truth.concat())
    };
    let browser = async {
        // What must not be repeated is lost with a server that is killed while it answers.
        if unrest == Unrest::Killed { Ok(1) } else { browser_notices_nothing(&fleet, &is_over).await }
    };
    let all = async {
        let limit = limit_holds(&twilio, &fleet, &turns, &is_over);
        let ((), truth, limited, signed_in) = tokio::try_join!(unrest_goes_on, calls, limit, browser)?;
        ensure!(
            signed_in > 0 && truth.len() == LINES * CALLS_OF_A_LINE && limited.len() > AT_ONCE,
            "too little was asked"
        );
        fleet.has_logged([truth, limited].concat()).await
    };
    let outcome = tokio::time::timeout(PATIENCE * 6, all).await.context("it does not come to an end");
    outcome.and_then(|outcome| outcome).with_context(|| fleet.logs())
}

#[tokio::test]
async fn no_call_is_lost_while_servers_are_killed() -> Result<()> {
    a_hundred_calls_while_servers_are(Unrest::Killed, 6, 1).await
}

#[tokio::test]
async fn nobody_notices_that_servers_are_replaced() -> Result<()> {
    a_hundred_calls_while_servers_are(Unrest::Replaced, 3, 2).await
}
