use std::time::{Duration, Instant};

use anyhow::{Result, anyhow, ensure};
use e2e::softphone::Softphone;
use e2e::stack::Stack;
use emulator::{Entry, Event};

use crate::figures::Figures;

const ROUNDS: usize = 7;
/// As the design promises it.
const BUDGET: Duration = Duration::from_secs(2);

/// From the order to close the tab that has the phone to the registration of another tab's, as Twilio sees it. Leaves the other
/// tab open.
pub(crate) async fn table(stack: &Stack, phone: &Softphone) -> Result<Vec<String>> {
    let mut waits = Figures::default();
    for _ in 0..ROUNDS {
        phone.sees_status("registered").await?;
        let owner = phone.browser.tab().await?;
        let next = phone.browser.opens_tab(&stack.url()).await?;
        phone.sees_status("registered").await?;
        phone.browser.goes_to(&owner).await?;
        let timeline = stack.emulator().timeline();
        let last = timeline.entries().last().map_or(0, |entry| entry.seq);
        let begin = Instant::now();
        phone.browser.closes_tab(&next).await?;
        let registered = |entry: &Entry| entry.seq > last && matches!(entry.event, Event::Registered { .. });
        let taken = timeline.wait_for(registered, e2e::PATIENCE).await;
        taken.map_err(|_| anyhow!("no other tab registered"))?;
        waits.note(begin.elapsed().as_secs_f64() * 1000.0);
    }
    let (median, worst) = (waits.median()?, waits.worst());
    ensure!(worst < BUDGET.as_secs_f64() * 1000.0, "another tab took over after {worst:.0} ms");
    Ok(vec![
        format!("| Tabs, median of {ROUNDS} (worst) | ms, at most {} |", BUDGET.as_millis()),
        "|---|--:|".to_owned(),
        format!("| the tab with the phone closed to another one registered | {median:.0} ({worst:.0}) |"),
    ])
}
