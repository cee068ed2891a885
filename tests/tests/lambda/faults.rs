//! Why a function does not start, in words that whoever invokes it reads.

use anyhow::{Result, ensure};
use e2e::lambda::instance::Instance;
use e2e::lambda::site::{PUBLIC_URL, Site};

async fn does_not_start(site: &Site, text: &str) -> Result<String> {
    let environment = [("SIDETONE_CONFIG_TEXT".to_owned(), text.to_owned())];
    let mut instance = Instance::start(&site.installation.path(""), &environment)?;
    let (words, ended) = instance.init_error().await?;
    ensure!(!ended.success(), "it ends well");
    ensure!(instance.log().contains(words.lines().next().unwrap_or_default()), "not in the log: {words}");
    Ok(words)
}

#[tokio::test]
async fn what_cannot_be_had_on_lambda_is_said_before_the_first_event() -> Result<()> {
    let site = Site::new(PUBLIC_URL).await?;
    let whole = std::fs::read_to_string(site.installation.path("sidetone.toml"))?;
    let without_database: String =
        whole.lines().filter(|line| !line.starts_with("database")).map(|line| format!("{line}\n")).collect();

    let words = does_not_start(&site, &without_database).await?;
    ensure!(words.contains("no disk that lasts") && words.contains("postgresql://"), "{words}");
    let words = does_not_start(&site, &format!("database = \"lines.db\"\n{without_database}")).await?;
    ensure!(words.contains("no disk that lasts"), "{words}");
    let words = does_not_start(&site, "").await?;
    ensure!(words.contains("public_url is missing") && words.contains("SIDETONE_CONFIG_TEXT"), "{words}");
    let words = does_not_start(&site, "public_url = ").await?;
    ensure!(words.contains("line 1") && words.contains("SIDETONE_CONFIG_TEXT"), "{words}");
    let nobody = "database = \"postgresql://sidetone:geheim@127.0.0.1:1/nobody\"";
    let words = does_not_start(&site, &format!("{nobody}\n{without_database}")).await?;
    ensure!(words.contains("cannot open the database") && !words.contains("geheim"), "{words}");
    Ok(())
}

#[tokio::test]
async fn elsewhere_it_says_where_it_belongs() -> Result<()> {
    let site = Site::new(PUBLIC_URL).await?;
    let said = site.installation.sidetone(&["lambda"]).await?;
    ensure!(!said.status.success() && said.stderr.contains("`sidetone serve`"), "{}", said.all());
    Ok(())
}
