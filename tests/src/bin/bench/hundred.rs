use anyhow::{Result, ensure};
use e2e::footprint::Footprint;
use e2e::light_touch::LightTouch;
use e2e::softphone::Softphone;

/// What the first calls bring for good: sounds, peer connections that are kept, caches.
const WARM: usize = 10;
const CALLS: usize = 100;

/// One tab, call after call.
pub(crate) async fn table(phone: &Softphone) -> Result<Vec<String>> {
    let person = LightTouch(&phone.browser);
    let mut early = None;
    for call in 1..=CALLS {
        person.calls_once().await?;
        if call == WARM {
            early = Some(Footprint::of(&phone.browser).await?);
        }
    }
    let Some(early) = early else { return Ok(vec![]) };
    let late = early.back_to(&phone.browser).await?;
    ensure!(late.wasm == early.wasm, "the WASM memory grew from {} to {}", early.wasm, late.wasm);
    let mut lines = vec![format!("| One tab after calls | {WARM} | {CALLS} |"), "|---|--:|--:|".to_owned()];
    for (what, early, late) in [
        ("JavaScript heap, KB", early.heap / 1000, late.heap / 1000),
        ("WASM memory, KB", early.wasm / 1000, late.wasm / 1000),
        ("DOM nodes", early.nodes, late.nodes),
        ("event listeners", early.listeners, late.listeners),
    ] {
        lines.push(format!("| {what} | {early} | {late} |"));
    }
    Ok(lines)
}
