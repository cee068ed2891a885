use std::collections::BTreeMap;

use anyhow::{Result, ensure};
use e2e::softphone::Softphone;
use e2e::stack::{Stack, ui_folder};

/// Marks the moment in which the SDK says that the line is registered, before anybody has heard it.
const MARK: &str = "addEventListener('DOMContentLoaded', () => {
    const { prototype } = Twilio.Device, emit = prototype.emit;
    prototype.emit = function (event, ...args) {
        if (event === 'registered') window.registered ??= performance.now();
        return emit.call(this, event, ...args);
    };
});";

/// What the page has asked for since then.
const LATE: &str = "return performance.getEntriesByType('resource') \
    .filter(({ startTime }) => startTime >= window.registered).map(({ name }) => name)";

/// What everything until the dial pad works may weigh, compressed.
const BUDGET: usize = 260_000;

/// Bytes as they travel, by path.
type Sizes = BTreeMap<String, usize>;

/// Every file that is asked for until the dial pad works, then what the server has beside that.
pub(crate) async fn table(stack: &Stack, phone: &Softphone) -> Result<Vec<String>> {
    let first = first(stack, phone).await?;
    let later = later(stack, &first).await?;
    let total: usize = first.values().sum();
    let mut lines = vec![];
    rows(&mut lines, "Download until the dial pad works", &first);
    lines.push(format!("| **all, of at most {} KB** | **{:.1}** |", BUDGET / 1000, kilobytes(total)));
    lines.push(String::new());
    rows(&mut lines, "Later, when it is wanted or nothing else is to do", &later);
    ensure!(total <= BUDGET, "{}\nThis is more than {BUDGET} bytes", lines.join("\n"));
    Ok(lines)
}

async fn first(stack: &Stack, phone: &Softphone) -> Result<Sizes> {
    phone.browser.in_every_page(MARK).await?;
    phone.browser.requests().await?;
    phone.browser.reload().await?;
    phone.browser.until("the line to be registered", "window.registered").await?;
    let mut requests = phone.browser.requests().await?;
    let late = phone.browser.run(LATE).await?;
    let late: Vec<String> = serde_json::from_value(late)?;
    requests.retain(|asked| !late.contains(asked));
    let mut files = Sizes::new();
    for asked in requests {
        let url = url::Url::parse(&asked)?;
        let path = url.path().trim_start_matches('/').to_owned();
        let api = path.starts_with("api/") || path.starts_with("twilio/");
        if asked.starts_with(&stack.url()) && !api && !files.contains_key(&path) {
            let size = stack.get_compressed(&path).await?.len();
            files.insert(path, size);
        }
    }
    ensure!(files.keys().any(|path| path.ends_with(".wasm")), "no WASM among {files:?}");
    let sounds = files.iter().filter(|(path, _)| path.starts_with("sounds/")).map(|(_, size)| size).sum();
    files.retain(|path, _| !path.starts_with("sounds/"));
    files.insert("sounds/*.wav".into(), sounds);
    Ok(files)
}

async fn later(stack: &Stack, first: &Sizes) -> Result<Sizes> {
    let mut files = Sizes::new();
    for entry in std::fs::read_dir(ui_folder())? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        let compressed = name.ends_with(".br") || name.ends_with(".gz");
        if !compressed && name != "index.html" && !first.contains_key(&name) {
            let size = stack.get_compressed(&name).await?.len();
            files.insert(name, size);
        }
    }
    Ok(files)
}

fn rows(lines: &mut Vec<String>, heading: &str, files: &Sizes) {
    lines.push(format!("| {heading} | KB, brotli |"));
    lines.push("|---|--:|".into());
    for (path, size) in files {
        let name = if path.is_empty() { "index.html" } else { path };
        lines.push(format!("| `{}` | {:.1} |", without_hash(name), kilobytes(*size)));
    }
}

fn kilobytes(size: usize) -> f64 {
    size as f64 / 1000.0
}

/// `frontend-0123456789abcdef_bg.wasm` is `frontend_bg.wasm` whatever the build.
fn without_hash(path: &str) -> String {
    let is_hash = |part: &&str| part.len() >= 12 && part.bytes().all(|byte| byte.is_ascii_hexdigit());
    match path.split(['-', '_', '.']).find(is_hash) {
        Some(hash) => path.replace(&format!("-{hash}"), ""),
        None => path.to_owned(),
    }
}
