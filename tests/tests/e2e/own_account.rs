//! From an account and an empty folder to calls each way, and back again, by the program that an operator has.

use anyhow::{Context, Result, ensure};
use e2e::first_calls::PASSCODE;
use e2e::installation::Ground;
use e2e::operator::{DEMO_URL, FOREIGN, FOREIGN_URL, LINE, Operator, code_for};
use e2e::proxy::Manners;
use emulator::Account;
use shared::api::paths;

pub(crate) async fn there_and_back(operator: Operator) -> Result<()> {
    let before = operator.account().await?;

    let refused = operator.connect(&["--number", FOREIGN, "--yes"]).await?;
    ensure!(!refused.status.success() && refused.all().contains(FOREIGN_URL), "{}", refused.all());
    let dry = operator.connect(&["--dry-run"]).await?.ok()?;
    ensure!(dry.stdout.contains(DEMO_URL), "the old value is not shown: {}", dry.stdout);
    ensure!(operator.changes() == 0, "nothing was asked for, and something was changed");
    ensure!(!operator.installation.path("sidetone.toml").exists(), "a dry run writes nothing");

    let first = operator.connect(&["--yes"]).await?.ok()?;
    let code = code_for("0143", &first.all())?;
    let changes = operator.changes();
    ensure!(changes > 0 && operator.account().await? != before, "{}", first.all());

    let serving = operator.installation.serve(operator.port).await?;
    let wrong = operator.doctor().await?;
    ensure!(wrong.is_empty(), "the doctor finds {wrong:#?}\n{}", serving.log());
    operator.calls_each_way(&code).await.with_context(|| serving.log())?;

    operator.connect(&["--yes"]).await?.ok()?;
    ensure!(operator.changes() == changes, "the second run changed something");

    // The doctor is not content with everything.
    operator.emulator.set_number_voice_url(LINE, "https://elsewhere.example.com/");
    let wrong = operator.doctor().await?;
    let text = format!("{wrong:?}");
    ensure!(wrong.len() == 1 && text.contains("elsewhere.example.com"), "{wrong:#?}");
    let ours = format!("{}/{}", operator.installation.public_url(), paths::CALL_INCOMING);
    operator.emulator.set_number_voice_url(LINE, &ours);

    operator.installation.sidetone(&["connect", "--undo", "--yes"]).await?.ok()?;
    ensure!(operator.account().await? == before, "{:#?}\n{before:#?}", operator.account().await?);
    let changes = operator.changes();
    operator.installation.sidetone(&["connect", "--undo", "--yes"]).await?.ok()?;
    ensure!(operator.changes() == changes, "the second undo changed something");

    let log = serving.log();
    for secret in [&code, PASSCODE, &Account::default().auth_token, "5550166"] {
        ensure!(!log.contains(secret), "{secret} is in the log: {log}");
    }
    serving.stop().await?;
    operator.stop().await
}

#[tokio::test]
async fn an_empty_folder_becomes_a_phone_and_the_account_comes_back() -> Result<()> {
    there_and_back(Operator::new(Ground::Here, None).await?).await
}

#[tokio::test]
async fn the_same_behind_nginx_with_tls_and_a_prefix() -> Result<()> {
    there_and_back(Operator::new(Ground::Here, Some(Manners::KeepsPrefix)).await?).await
}
