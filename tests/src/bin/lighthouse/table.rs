use crate::Measured;
use crate::measure::{Device, Page};

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
