//! `make bench`: what the browser downloads, and how long a person waits, beside a bare page that uses the SDK.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use e2e::softphone::Softphone;
use e2e::stack::{ECHO, Options, Stack, TOKYO, ui_folder};
use serde_json::{Value, json};

/// Rounds of each page, in turn; the first one warms the caches up and does not count.
const ROUNDS: usize = 15;

/// Marks, in our own page, the moments that the bare page marks by itself.
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

#[derive(Default)]
struct Waits {
    registered: Vec<f64>,
    connected: Vec<f64>,
}

#[tokio::main]
async fn main() -> Result<()> {
    let folder = tempfile::tempdir()?;
    copy_files(&ui_folder(), folder.path())?;
    std::fs::copy(concat!(env!("CARGO_MANIFEST_DIR"), "/bench/bare.html"), folder.path().join("bare.html"))?;
    let stack = Stack::start(Options { ui_dir: folder.path().to_owned(), ..Options::default() }).await?;
    let phone = Softphone::open(&stack.url(), 440).await?;
    let measured = measure(&stack, &phone).await;
    // whatever happened, no browser is left behind
    phone.browser.close().await?;
    stack.stop().await;
    print(&measured?);
    Ok(())
}

async fn measure(stack: &Stack, phone: &Softphone) -> Result<Vec<String>> {
    phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
    let mut lines = vec![];
    sizes(stack, phone, &mut lines).await?;
    times(stack, phone, &mut lines).await?;
    Ok(lines)
}

#[expect(clippy::print_stdout, reason = "the figures are what this program is for")]
fn print(lines: &[String]) {
    println!("{}", lines.join("\n"));
}

/// Every file that is asked for until the dial pad works, as it travels.
async fn sizes(stack: &Stack, phone: &Softphone, lines: &mut Vec<String>) -> Result<()> {
    phone.browser.requests().await?;
    phone.browser.reload().await?;
    phone.sees_status("registered").await?;
    let mut files = BTreeMap::new();
    for asked in phone.browser.requests().await? {
        let url = url::Url::parse(&asked)?;
        let path = url.path().trim_start_matches('/').to_owned();
        let api = path.starts_with("api/") || path.starts_with("twilio/");
        if asked.starts_with(&stack.url()) && !api && !files.contains_key(&path) {
            let size = stack.get_compressed(&path).await?.len();
            files.insert(path, size);
        }
    }
    ensure!(files.keys().any(|path| path.ends_with(".wasm")), "no WASM among {files:?}");
    let sounds: usize =
        files.iter().filter(|(path, _)| path.starts_with("sounds/")).map(|(_, size)| size).sum();
    files.retain(|path, _| !path.starts_with("sounds/"));
    files.insert("sounds/*.wav".into(), sounds);
    let total: usize = files.values().sum();
    lines.push("| Download until the dial pad works | KB, brotli |".into());
    lines.push("|---|--:|".into());
    for (path, size) in &files {
        let name = if path.is_empty() { "index.html" } else { path };
        lines.push(format!("| `{}` | {:.1} |", without_hash(name), *size as f64 / 1000.0));
    }
    lines.push(format!("| **all** | **{:.1}** |", total as f64 / 1000.0));
    lines.push(String::new());
    Ok(())
}

async fn times(stack: &Stack, phone: &Softphone, lines: &mut Vec<String>) -> Result<()> {
    phone.browser.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": MARKS })).await?;
    let (mut ours, mut bare) = (Waits::default(), Waits::default());
    for round in 0..=ROUNDS {
        phone.browser.goto(&stack.url()).await?;
        phone.sees_status("registered").await?;
        phone.dials(ECHO).await?;
        note(phone, round, &mut ours).await?;
        phone.hangs_up().await?;
        phone.sees_call("ended").await?;

        phone.browser.goto(&format!("{}bare.html?to={}", stack.url(), ECHO.replace('+', "%2B"))).await?;
        phone.browser.until("the bare page to register", "window.marks?.registered").await?;
        phone.browser.click("#call-button").await?;
        note(phone, round, &mut bare).await?;
    }
    lines.push("| Median of 15 | Sidetone, ms | bare page, ms | ratio |".into());
    lines.push("|---|--:|--:|--:|".into());
    for (what, ours, bare) in [
        ("page load to registered", ours.registered, bare.registered),
        ("Call to connected", ours.connected, bare.connected),
    ] {
        let (ours, bare) = (median(ours)?, median(bare)?);
        lines.push(format!("| {what} | {ours:.0} | {bare:.0} | {:.2} |", ours / bare));
    }
    Ok(())
}

async fn note(phone: &Softphone, round: usize, waits: &mut Waits) -> Result<()> {
    let marks = phone.browser.until("the call to connect", "window.marks?.open && window.marks").await?;
    let at = |name: &str| {
        marks.get(name).and_then(Value::as_f64).with_context(|| format!("no mark {name}: {marks}"))
    };
    if round > 0 {
        waits.registered.push(at("registered")?);
        waits.connected.push(at("open")? - at("called")?);
    }
    Ok(())
}

fn median(mut values: Vec<f64>) -> Result<f64> {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().context("no rounds")
}

/// `frontend-0123456789abcdef_bg.wasm` is `frontend_bg.wasm` whatever the build.
fn without_hash(path: &str) -> String {
    let is_hash = |part: &&str| part.len() >= 16 && part.bytes().all(|byte| byte.is_ascii_hexdigit());
    match path.split(['-', '_', '.']).find(is_hash) {
        Some(hash) => path.replace(&format!("-{hash}"), ""),
        None => path.to_owned(),
    }
}

fn copy_files(from: &Path, to: &Path) -> Result<()> {
    let entries = std::fs::read_dir(from).with_context(|| format!("no UI in {}", from.display()))?;
    let mut files = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    // `x.br` after `x`: the server does not serve a compressed file that is older than its original.
    files.sort();
    for file in files {
        std::fs::copy(&file, to.join(file.file_name().context("a file without a name")?))?;
    }
    Ok(())
}
