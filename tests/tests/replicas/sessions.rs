//! Who signs in on one server is signed in on all.

use anyhow::{Context, Result, ensure};
use e2e::PATIENCE;
use e2e::lambda::database;
use e2e::replicas::fleet::{Fleet, PASSCODE};
use reqwest::{Method, Response};
use serde_json::json;
use shared::api::{events, paths};

use crate::calls::cookie_of;

/// What a stream of events says until these words are among it; or until its end.
async fn hears(stream: &mut Response, words: &str) -> Result<String> {
    let mut heard = String::new();
    let hearing = async {
        while let Some(more) = stream.chunk().await? {
            heard.push_str(&String::from_utf8_lossy(&more));
            if heard.contains(words) {
                return Ok(());
            }
        }
        anyhow::bail!("the stream has ended")
    };
    let outcome = tokio::time::timeout(PATIENCE, hearing).await.context("nothing more is told");
    outcome.and_then(|outcome| outcome).with_context(|| format!("no {words:?} in {heard:?}"))?;
    Ok(heard)
}

#[tokio::test]
async fn a_session_is_known_to_all_and_its_end_at_once() -> Result<()> {
    let database = database::empty().await?;
    let fleet = Fleet::start(&database, &format!("database = \"{database}\""), 1, "").await?;
    let [one, other, third] = &fleet.replicas;
    let who = json!({ "phone_number": fleet.lines[0].number, "passcode": PASSCODE }).to_string();
    let sign_in = async || {
        let answer = one.asks(Method::POST, paths::SESSION, "").body(who.clone()).send().await?;
        ensure!(answer.status() == 200, "{}", answer.status());
        cookie_of(&answer)
    };
    let (cookie, elsewhere) = (sign_in().await?, sign_in().await?);
    let token = other.asks(Method::POST, paths::TOKEN, &cookie).send().await?;
    ensure!(token.status() == 200, "{}", token.status());
    let mut own = third.asks(Method::GET, paths::EVENTS, &cookie).send().await?;
    hears(&mut own, events::READY).await?;
    // By way of the balancer, which must hold nothing back.
    let mut others = fleet.asks(Method::GET, paths::EVENTS, &elsewhere).send().await?;
    hears(&mut others, events::READY).await?;

    let signed_out = one.asks(Method::DELETE, paths::SESSION, &cookie).send().await?;
    ensure!(signed_out.status().is_success(), "{}", signed_out.status());
    for replica in &fleet.replicas {
        let token = replica.asks(Method::POST, paths::TOKEN, &cookie).send().await?;
        ensure!(token.status() == 401, "{}", token.status());
        let token = replica.asks(Method::POST, paths::TOKEN, &elsewhere).send().await?;
        ensure!(token.status() == 200, "{}", token.status());
    }
    hears(&mut own, events::SIGNED_OUT).await?;
    hears(&mut others, events::SESSIONS_ENDED).await?;
    Ok(())
}
