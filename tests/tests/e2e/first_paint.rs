use anyhow::{Context, Result, ensure};
use e2e::scenario::scenario;
use e2e::softphone::Softphone;
use e2e::stack::{Options, TOKYO};
use serde_json::{Value, json};

/// Less than anybody sees. Google calls a tenth good.
const STILL: f64 = 0.01;

/// Runs in the page before anything else: what jumps without the user's doing, and what the very first picture shows.
const WATCH: &str = r"
    window.shifts = [];
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) {
            if (!entry.hadRecentInput) {
                const what = entry.sources.map(({ node }) => node?.outerHTML?.slice(0, 80) ?? node?.nodeName);
                shifts.push({ value: entry.value, what });
            }
        }
    }).observe({ type: 'layout-shift', buffered: true });
    new PerformanceObserver((list, observer) => {
        if (!list.getEntriesByName('first-contentful-paint').length) return;
        observer.disconnect();
        const splash = document.querySelector('.splash-name');
        window.first = {
            name: document.querySelector('.logo-name')?.innerText,
            splash: splash?.checkVisibility() && splash.innerText,
            styled: getComputedStyle(document.body).margin === '0px',
        };
    }).observe({ type: 'paint', buffered: true });
";

/// A mobile network far from the mast; in bytes a second, wide enough for the page of a development build.
fn slow() -> Value {
    json!({ "offline": false, "latency": 400, "downloadThroughput": 1_500_000, "uploadThroughput": 100_000 })
}

fn fast() -> Value {
    json!({ "offline": false, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 })
}

/// Loads the page, and waits until everything that comes late is there.
async fn loads(phone: &Softphone, network: Value, ready: &str) -> Result<()> {
    phone.browser.devtools("Network.emulateNetworkConditions", network).await?;
    phone.browser.reload().await?;
    phone.sees(ready).await?;
    phone.browser.rests().await?;
    phone
        .browser
        .until("two more frames", "window.seen ??= (requestAnimationFrame(() => requestAnimationFrame(() => { window.done = 1; })), true), window.done")
        .await?;
    // Also where the program has drawn the page anew.
    let mark = "return document.querySelector('.logo-mark use')?.getBBox().width ?? 0";
    let width = phone.browser.run(mark).await?.as_f64().unwrap_or_default();
    ensure!(width > 0.0, "the mark is not drawn");
    let shifts = phone.browser.run("return window.shifts").await?;
    let shifts = shifts.as_array().context("the page is not watched")?;
    let sum: f64 = shifts.iter().filter_map(|shift| shift["value"].as_f64()).sum();
    ensure!(sum < STILL, "it jumped by {sum}: {shifts:?}");
    Ok(())
}

#[tokio::test]
async fn nothing_jumps_while_the_page_comes_however_slowly() {
    scenario("first_paint", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.browser.in_every_page(WATCH).await?;
        phone.browser.devtools("Network.enable", json!({})).await?;
        for (width, height) in [(360, 740), (412, 823), (1440, 900)] {
            phone.browser.look(width, height, false).await?;
            loads(&phone, fast(), "#sign-in-button").await.with_context(|| format!("to sign in, {width}"))?;
        }
        phone.browser.devtools("Network.setCacheDisabled", json!({ "cacheDisabled": true })).await?;
        loads(&phone, slow(), "#sign-in-button").await.context("to sign in, slowly")?;
        // What the user looks at meanwhile is the page in its looks, and nothing else.
        let first = phone.browser.run("return window.first").await?;
        ensure!(
            first == json!({ "name": "Sidetone", "splash": "Sidetone", "styled": true }),
            "first was seen {first}"
        );

        phone.browser.devtools("Network.emulateNetworkConditions", fast()).await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        // The last to come: that the page may not ring before it is touched.
        let ready = "#sound-trouble[data-trouble='silent']";
        for (width, height) in [(360, 740), (412, 823), (1440, 900)] {
            phone.browser.look(width, height, false).await?;
            loads(&phone, fast(), ready).await.with_context(|| format!("the phone, {width}"))?;
        }
        loads(&phone, slow(), ready).await.context("the phone, slowly")
    })
    .await;
}
