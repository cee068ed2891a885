//! `make lighthouse`: what Lighthouse says of the sign-in page and of the phone page. Writes it into the README, and fails where
//! it is less than was asked for.

mod measure;
mod table;

use anyhow::{Context, Result, ensure};
use e2e::stack::{Options, Stack, TOKYO};
use reqwest::header;
use shared::api::{SignIn, paths};

use crate::measure::{Device, Page, Scores, measure};

/// Of each page on each device; the one in the middle counts, for a busy machine disturbs some.
const RUNS: usize = 3;

#[tokio::main]
#[expect(clippy::print_stdout, reason = "the figures are what this program is for")]
async fn main() -> Result<()> {
    let stack = Stack::start(Options::default()).await?;
    let measured = all(&stack).await;
    stack.stop().await;
    let measured = measured?;
    let table = table::table(&measured);
    println!("{table}");
    e2e::readme::write("lighthouse", &table)?;
    let missed: Vec<_> = measured
        .iter()
        .filter(|(device, _, scores)| !scores.satisfy(*device))
        .map(|(.., scores)| scores)
        .collect();
    ensure!(missed.is_empty(), "less than what was asked for: {missed:?}");
    Ok(())
}

type Measured = Vec<(Device, Page, Scores)>;

async fn all(stack: &Stack) -> Result<Measured> {
    let cookie = session_cookie(stack).await?;
    let mut measured = Measured::new();
    for device in [Device::Desktop, Device::Mobile] {
        for page in [Page::SignIn, Page::Phone] {
            let cookie = Some(cookie.as_str()).filter(|_| page == Page::Phone);
            let mut runs = vec![];
            for _ in 0..RUNS {
                runs.push(measure(&stack.url(), device, cookie).await?);
            }
            measured.push((device, page, Scores::median(runs).context("nothing was measured")?));
        }
    }
    Ok(measured)
}

/// Of somebody who has signed in, as a request has it.
async fn session_cookie(stack: &Stack) -> Result<String> {
    let wish =
        SignIn { phone_number: TOKYO.number.into(), passcode: TOKYO.passcode.into(), new_passcode: None };
    let url = stack.url();
    let answer = reqwest::Client::new()
        .post(format!("{url}{}", paths::SESSION))
        .header(header::ORIGIN, url.trim_end_matches('/'))
        .header(header::CONTENT_TYPE, "application/json")
        .body(serde_json::to_string(&wish)?)
        .send()
        .await?
        .error_for_status()?;
    let cookie = answer.headers().get(header::SET_COOKIE).context("no cookie")?.to_str()?;
    Ok(cookie.split(';').next().unwrap_or_default().to_owned())
}
