use anyhow::{Context, Result};

use crate::Measured;
use crate::measure::{Device, Page};

const README: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../README.md");

/// What stands between them is written by this program.
const MARKS: [&str; 2] = ["<!-- make lighthouse -->", "<!-- end of make lighthouse -->"];

/// The scores in Markdown.
pub(crate) fn table(measured: &Measured) -> String {
    let mut lines = vec![
        "| Lighthouse | performance | accessibility | best practices | first paint | largest paint | blocked | shift |"
            .to_owned(),
        "|---|--:|--:|--:|--:|--:|--:|--:|".to_owned(),
    ];
    for (device, page, scores) in measured {
        let page = match page {
            Page::SignIn => "sign-in page",
            Page::Phone => "phone page",
        };
        let device = match device {
            Device::Desktop => "desktop",
            Device::Mobile => "slow mobile",
        };
        lines.push(format!(
            "| {page}, {device} | {} | {} | {} | {:.1} s | {:.1} s | {:.0} ms | {:.3} |",
            scores.performance,
            scores.accessibility,
            scores.best_practices,
            scores.first_paint_ms / 1000.0,
            scores.largest_paint_ms / 1000.0,
            scores.blocked_ms,
            scores.layout_shift,
        ));
    }
    lines.join("\n")
}

/// Puts it into the README.
pub(crate) fn write(table: &str) -> Result<()> {
    let old = std::fs::read_to_string(README)?;
    let [start, end] = MARKS;
    let (before, rest) = old.split_once(start).context("the README has no place for it")?;
    let (_, after) = rest.split_once(end).context("the README has no end of the place for it")?;
    Ok(std::fs::write(README, format!("{before}{start}\n{table}\n{end}{after}"))?)
}
