//! What the user thinks of a call, kept with its record.

use anyhow::{Context, ensure};
use e2e::scenario::scenario;
use e2e::stack::{BUSY, Options, TOKYO};
use shared::PhoneNumber;
use shared::api::{CallIssue, CallRating, CallScore};

#[tokio::test]
async fn a_call_is_rated_and_the_rating_is_in_its_record() {
    scenario("rating", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        phone.hears_itself(440.0).await?;
        let sid =
            phone.browser.attribute("#call", "data-call-sid").await?.context("the call has no CallSid")?;
        let line = PhoneNumber::from_e164(TOKYO.number)?;
        let kept = async || {
            let record = cast.stack.store().call(&line, &sid).await?.context("there is no record")?;
            anyhow::Ok(record.rating)
        };
        ensure!(kept().await?.is_none());

        phone.rates(false).await?;
        phone.sees_rating_kept().await?;
        ensure!(kept().await? == Some(CallRating { score: CallScore::BAD, issue: None }));
        phone.browser.click("#rating [data-issue='echo']").await?;
        phone.sees("#rating [data-issue='echo'][aria-pressed='true']").await?;
        phone.sees_rating_kept().await?;
        ensure!(kept().await? == Some(CallRating { score: CallScore::BAD, issue: Some(CallIssue::Echo) }));
        phone.rates(true).await?;
        phone.browser.see_no("#rating [data-issue]").await?;
        phone.sees_rating_kept().await?;
        ensure!(kept().await? == Some(CallRating { score: CallScore::BEST, issue: None }));

        cast.stack.sees_feedback().await?;
        phone.is_done().await
    })
    .await;
}

#[tokio::test]
async fn nobody_is_asked_about_a_call_in_which_nobody_spoke() {
    scenario("rating_of_nothing", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        phone.dials(BUSY).await?;
        phone.sees_end("busy").await?;
        phone.browser.see_no("#rating").await?;
        phone.is_done().await
    })
    .await;
}
