use anyhow::{Context, Result, ensure};
use e2e::softphone::Softphone;
use e2e::stack::{ECHO, EXTERNAL, Stack, TOKYO};
use serde_json::Value;

use crate::figures::Figures;

/// Rounds of each page, in turn; the first one warms the caches up and does not count.
const ROUNDS: usize = 15;

/// A frame of a screen that shows sixty a second: work that takes no longer is never seen as a delay.
const FRAME_MS: f64 = 16.0;

/// Marks, in our own page, the moments that the quickstart marks by itself.
const MARKS: &str = r"
    window.marks = {};
    addEventListener('click', (event) => {
        if (event.target.closest?.('#call-button')) marks.called = performance.now();
    }, true);
    new MutationObserver(() => {
        const seen = (css) => document.querySelector(css);
        if (!marks.registered && seen('#line-status[data-state=registered]')) marks.registered = performance.now();
        if (marks.called && !marks.open && seen('#call[data-state=open]')) marks.open = performance.now();
    }).observe(document, { subtree: true, childList: true, attributes: true });";

/// Names of the measures that `work.js` makes.
const WORK: [&str; 3] = ["work: digit", "work: call", "work: ring"];

#[derive(Default)]
struct Times {
    registered: Figures,
    connected: Figures,
    work: [Figures; 3],
}

/// Waits of a person, and work of the main thread.
pub(crate) async fn table(stack: &Stack, phone: &Softphone) -> Result<Vec<String>> {
    for source in [MARKS, include_str!("../../../bench/work.js")] {
        phone.browser.in_every_page(source).await?;
    }
    let (mut ours, mut theirs) = (Times::default(), Times::default());
    for round in 0..=ROUNDS {
        let mut warm_up = Times::default();
        phone.browser.goto(&stack.url()).await?;
        phone.sees_status("registered").await?;
        phone.dials(ECHO).await?;
        connected(phone, if round > 0 { &mut ours } else { &mut warm_up }).await?;
        phone.hangs_up().await?;
        phone.sees_call("ended").await?;
        phone.is_done().await?;
        rings(stack, phone).await?;
        phone.sees_no_call().await?;
        worked(phone, if round > 0 { &mut ours } else { &mut warm_up }).await?;

        phone.browser.goto(&format!("{}quickstart.html", stack.url())).await?;
        phone.browser.until("the quickstart to register", "window.marks?.registered").await?;
        phone.dials(ECHO).await?;
        connected(phone, if round > 0 { &mut theirs } else { &mut warm_up }).await?;
        phone.hangs_up().await?;
        phone.browser.until("the call to end", "document.body.dataset.calls === '1'").await?;
        rings(stack, phone).await?;
        phone.browser.until("the call to end", "document.body.dataset.calls === '2'").await?;
        worked(phone, if round > 0 { &mut theirs } else { &mut warm_up }).await?;
    }
    lines(&ours, &theirs)
}

async fn connected(phone: &Softphone, times: &mut Times) -> Result<()> {
    let marks = phone.browser.until("the call to connect", "window.marks?.open && window.marks").await?;
    let at = |name: &str| {
        marks.get(name).and_then(Value::as_f64).with_context(|| format!("no mark {name}: {marks}"))
    };
    times.registered.note(at("registered")?);
    times.connected.note(at("open")? - at("called")?);
    Ok(())
}

/// Somebody calls and gives up.
async fn rings(stack: &Stack, phone: &Softphone) -> Result<()> {
    let call = stack.emulator().phone(EXTERNAL).call(TOKYO.number).await?;
    phone.browser.see("#answer-button").await?;
    phone
        .browser
        .until("the ring to be measured", "performance.getEntriesByName('work: ring').length > 0")
        .await?;
    call.hang_up().await;
    phone.browser.see_no("#answer-button").await?;
    if phone.browser.run("return document.querySelector('#done-button') !== null").await? == true {
        phone.is_done().await?;
    }
    Ok(())
}

async fn worked(phone: &Softphone, times: &mut Times) -> Result<()> {
    for (name, figures) in WORK.iter().zip(&mut times.work) {
        let script = format!("return performance.getEntriesByName({name:?}).map((entry) => entry.duration)");
        let durations = phone.browser.run(&script).await?;
        let durations = durations.as_array().into_iter().flatten().filter_map(Value::as_f64);
        durations.for_each(|duration| figures.note(duration));
    }
    Ok(())
}

fn lines(ours: &Times, theirs: &Times) -> Result<Vec<String>> {
    let mut lines = vec![
        format!("| Median of {ROUNDS} | Sidetone, ms | quickstart, ms | ratio |"),
        "|---|--:|--:|--:|".to_owned(),
    ];
    for (what, ours, theirs) in [
        ("page load to registered", &ours.registered, &theirs.registered),
        ("Call to connected", &ours.connected, &theirs.connected),
    ] {
        let (ours, theirs) = (ours.median()?, theirs.median()?);
        lines.push(format!("| {what} | {ours:.0} | {theirs:.0} | {:.2} |", ours / theirs));
    }
    lines.push(String::new());
    lines.push("| Work of the main thread, median (worst) | Sidetone, ms | quickstart, ms | ratio |".into());
    lines.push("|---|--:|--:|--:|".into());
    let names = [
        "a digit typed to the number shown",
        "Call clicked to the SDK's `connect`",
        "`incoming` to the ring on screen",
    ];
    let mut slow = vec![];
    for (what, (ours, theirs)) in names.iter().zip(ours.work.iter().zip(&theirs.work)) {
        let (median, other) = (ours.median()?, theirs.median()?);
        lines.push(format!(
            "| {what} | {median:.1} ({:.1}) | {other:.1} ({:.1}) | {:.1} |",
            ours.worst(),
            theirs.worst(),
            median / other
        ));
        if median > FRAME_MS {
            slow.push(what);
        }
    }
    ensure!(slow.is_empty(), "{}\nlonger than a frame: {slow:?}", lines.join("\n"));
    Ok(lines)
}
