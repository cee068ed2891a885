use anyhow::{Context, Result};
use backend::{audit::event::AuditEvent, config::Dial, lines::LineLimits, store::Store};
use shared::PhoneNumber;

use super::named::no_line;
use crate::cli::{
    args::{Limit, LimitArgs},
    audit::note,
    terminal::print,
};

/// Shows how much a line may dial, after it was set, where something was to be set.
pub(super) async fn limits(
    store: &dyn Store,
    number: PhoneNumber,
    args: LimitArgs,
    all: &Dial,
) -> Result<()> {
    let line = store.line_by_number(&number).await?.with_context(|| no_line(&number))?;
    let limits = LineLimits {
        calls_at_once: chosen(args.calls_at_once, line.limits.calls_at_once),
        minutes_per_day: chosen(args.minutes_per_day, line.limits.minutes_per_day),
    };
    limits.check()?;
    if limits != line.limits {
        if !store.set_limits(&number, limits).await? {
            anyhow::bail!(no_line(&number));
        }
        note(store, AuditEvent::LimitsChanged { line: number.clone(), limits }).await?;
    }
    let words = |own: Option<u32>, all: u32| {
        own.map_or_else(|| format!("{all}, as configured"), |own| format!("{own}, the line's own"))
    };
    print(&format!("Calls at once: {}", words(limits.calls_at_once, all.calls_at_once)));
    print(&format!("Minutes in any 24 hours: {}", words(limits.minutes_per_day, all.minutes_per_day)));
    Ok(())
}

fn chosen(wish: Option<Limit>, present: Option<u32>) -> Option<u32> {
    wish.map_or(present, |Limit(limit)| limit)
}
