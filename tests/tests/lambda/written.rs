//! Nothing runs after an answer: what it brings about is in the database when it is given, while the process is frozen.

use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use e2e::PATIENCE;
use e2e::lambda::event::{Answered, Asked, Format};
use e2e::lambda::runtime_api::Outcome;
use e2e::lambda::site::{NUMBER, PUBLIC_URL, Site};
use http::Method;
use shared::api::paths;
use tokio::process::{Child, Command};

const CALLS: &str = "SELECT parent_sid || ' ' || outcome FROM calls ORDER BY parent_sid";

/// Somebody else keeps a table, until this is dropped.
struct Lock(Child);

impl Lock {
    async fn on(site: &Site, table: &str) -> Result<Self> {
        let sql = format!("BEGIN; LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep(600)");
        let psql = Command::new("psql")
            .args(["--no-psqlrc", "--command", &sql, &site.database])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()?;
        let first = table.split(',').next().unwrap_or_default();
        let locked = format!(
            "SELECT count(*) FROM pg_locks WHERE mode = 'AccessExclusiveLock' AND relation = '{first}'::regclass AND granted"
        );
        let waiting = async {
            while site.rows(&locked).await? != "1" {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            anyhow::Ok(())
        };
        tokio::time::timeout(PATIENCE, waiting).await.context("nobody has the table")??;
        Ok(Self(psql))
    }

    async fn release(mut self, site: &Site) -> Result<()> {
        site.rows("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(600)%' AND pid <> pg_backend_pid() AND datname = current_database()").await?;
        self.0.wait().await?;
        Ok(())
    }
}

#[tokio::test]
async fn a_call_and_what_the_operator_should_know_are_written_before_the_answer() -> Result<()> {
    let site = Site::new(PUBLIC_URL).await?;
    let instance = site.instance("")?;
    instance.ask(Format::V2, &site.call_incoming("CA00000000000000000000000000000001")).await?;
    ensure!(
        site.rows(CALLS).await? == "CA00000000000000000000000000000001 ringing",
        "{}",
        site.rows(CALLS).await?
    );

    // A server notes these beside the answer.
    let from = format!("client:{}", site.client_name().await?);
    let form = [("CallSid", "CA00000000000000000000000000000002"), ("From", &*from), ("To", "+19005550100")];
    let refused = instance.ask(Format::V2, &site.signed("/prod", paths::CALL_OUTGOING, &form)).await?;
    ensure!(refused.text().contains("<Hangup"), "{}", refused.text());
    let answered = instance.ask(Format::V2, &Site::sign_in("a wrong passcode")).await?;
    ensure!(answered.status == 401, "{}", answered.text());
    let kinds = site.rows("SELECT kind FROM audit ORDER BY id").await?;
    ensure!(kinds.contains("call_refused") && kinds.contains("sign_in_refused"), "{kinds}");
    Ok(())
}

/// The caller hears ringing all the same; the report is written as soon as the store takes it.
#[tokio::test]
async fn a_report_that_the_store_refuses_waits_for_the_next_event() -> Result<()> {
    let site = Site::new(PUBLIC_URL).await?;
    let instance = site.instance("")?;
    ensure!(
        instance.ask(Format::V1, &site.call_incoming("CA00000000000000000000000000000001")).await?.status
            == 200,
        ""
    );
    site.rows("DELETE FROM calls").await?;
    let lock = Lock::on(&site, "calls").await?;
    let answered =
        instance.ask(Format::V2, &site.call_incoming("CA00000000000000000000000000000002")).await?;
    ensure!(answered.text().contains("</Client>"), "{}", answered.text());
    ensure!(
        instance.log().contains("call reports wait for the store in this instance"),
        "{}",
        instance.log()
    );
    lock.release(&site).await?;
    ensure!(site.rows(CALLS).await?.is_empty(), "written by a frozen process: {}", site.rows(CALLS).await?);
    instance.ask(Format::V2, &Asked::new(Method::GET, "/prod/healthz")).await?;
    ensure!(
        site.rows(CALLS).await? == "CA00000000000000000000000000000002 ringing",
        "{}\n{}",
        site.rows(CALLS).await?,
        instance.log()
    );
    Ok(())
}

#[tokio::test]
async fn shortly_before_the_time_limit_there_is_an_answer_in_words_and_nothing_is_lost() -> Result<()> {
    let site = Site::new(PUBLIC_URL).await?;
    let instance = site.instance("")?;
    let cookies = site.signed_in(&instance, Format::V2).await?;
    let lock = Lock::on(&site, "calls, sessions").await?;
    let short = Duration::from_millis(900);
    let late = async |asked: &Asked| -> Result<Answered> {
        match instance.invoke(asked.event(Format::V2)?.to_string(), short).await? {
            Outcome::Answer(answer) => Answered::read(Format::V2, &answer),
            Outcome::Error(error) => anyhow::bail!("{error}"),
        }
    };
    let call = late(&site.call_incoming("CA00000000000000000000000000000003")).await?;
    ensure!(call.status == 200 && call.text().contains("takes too long"), "{}", call.text());
    ensure!(call.text().contains("<Hangup"), "{}", call.text());
    let form = [
        ("CallSid", "CA00000000000000000000000000000003"),
        ("From", "+12125550166"),
        ("To", NUMBER),
        ("DialCallStatus", "completed"),
    ];
    let over = late(&site.signed("/prod", paths::DIAL_ACTION, &form)).await?;
    ensure!(over.status == 200 && over.text().contains("<Response><Hangup/></Response>"), "{}", over.text());
    let token = late(&Site::token(&cookies)).await?;
    ensure!(token.status == 503 && token.text().contains("time limit"), "{} {}", token.status, token.text());
    ensure!(token.header(paths::OWN_HEADER) == "1", "{token:?}");
    lock.release(&site).await?;

    // What was late goes on with the next event.
    let written = async {
        while site.rows(CALLS).await? != "CA00000000000000000000000000000003 completed" {
            instance.ask(Format::V2, &Asked::new(Method::GET, "/prod/healthz")).await?;
        }
        anyhow::Ok(())
    };
    tokio::time::timeout(PATIENCE, written).await.context("the late call is lost")??;
    Ok(())
}
