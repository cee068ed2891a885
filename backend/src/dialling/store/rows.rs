use std::collections::HashMap;

use async_trait::async_trait;
use shared::api::{CallDirection, CallOutcome, Refusal};

use super::{DialStore, sql};
use crate::{
    calls::call::{self, CallReport},
    dialling::limits::{DAY_S, DialLimits, DialRequest, DialUsage, billed_s, used_s},
    store::{Query, Row, SqlStore, StoreError, Transaction, Value, for_many::MOST_ROWS},
};

#[async_trait]
impl DialStore for SqlStore {
    async fn ask_to_dial(
        &self,
        request: &DialRequest,
        limits: &DialLimits,
    ) -> Result<Result<u32, Refusal>, StoreError> {
        let asked = (request.clone(), *limits);
        self.together().ask(asked, 1, |asked| dial_all(self, asked)).await
    }

    async fn dial_usage(&self, line: &str, limits: &DialLimits, now_s: i64) -> Result<DialUsage, StoreError> {
        let now = Now { at: now_s, limits: *limits };
        let (server_s, ahead) = of_server(&self.fetch_one(now.server()).await?)?;
        if ahead {
            let mut transaction = self.begin().await?;
            now.bring_back(&mut transaction).await?;
            transaction.commit().await?;
            return self.dial_usage(line, limits, now_s).await;
        }
        let found = self.fetch_optional(now.lines(&[line])).await?;
        let (_, usage) = found.as_ref().map(of_line).transpose()?.unwrap_or_default();
        Ok(DialUsage { server_s, ..usage })
    }
}

/// What a request to dial is told.
type Answer = Result<u32, Refusal>;

/// One transaction for all of them, each of which sees what those before it were granted.
async fn dial_all(
    store: &SqlStore,
    asked: Vec<(DialRequest, DialLimits)>,
) -> Result<Vec<Answer>, StoreError> {
    // The lock for writing is taken before the first look, so that nobody else looks at the same usage.
    let mut transaction = store.begin().await?;
    let mut known = known(&mut transaction, &asked).await?;
    let mut lines: Vec<_> = asked.iter().map(|(request, _)| request.line.as_str()).collect();
    lines.sort_unstable();
    lines.dedup();
    let mut used = Used::default();
    let (mut answers, mut added) = (Vec::new(), Vec::new());
    for (request, limits) in &asked {
        if let Some(answer) = known.get(&request.call_sid) {
            answers.push(*answer);
            continue;
        }
        if used.at != Some(request.at) {
            // What was granted so far is part of it.
            add(&mut transaction, std::mem::take(&mut added)).await?;
            used = Used::at(&mut transaction, Now { at: request.at, limits: *limits }, &lines).await?;
        }
        let granted = limits.grant(used.by(&request.line).and(request.outside), request.kind);
        added.push(row(request, limits, granted));
        used.count(request, granted);
        known.insert(request.call_sid.clone(), granted);
        answers.push(granted);
    }
    add(&mut transaction, added).await?;
    transaction.commit().await?;
    Ok(answers)
}

/// What was answered before, by CallSid.
async fn known(
    transaction: &mut Transaction<'_>,
    asked: &[(DialRequest, DialLimits)],
) -> Result<HashMap<String, Answer>, StoreError> {
    let sids = asked.iter().map(|(request, _)| request.call_sid.as_str());
    let query = Query::about(&sql::SOME_DIALS, asked.len()).bind_some(sids);
    let rows = transaction.fetch_all(query).await?;
    rows.iter().map(|row| Ok((row.get("call_sid")?, answer(row)?))).collect()
}

/// A moment, and the rules that hold in it.
#[derive(Clone, Copy)]
struct Now {
    at: i64,
    limits: DialLimits,
}

impl Now {
    fn a_day_ago(self) -> i64 {
        self.at.saturating_sub(DAY_S)
    }

    fn server(self) -> Query<'static> {
        let query = Query::new(sql::SERVER_USAGE).bind(self.at).bind(self.a_day_ago());
        query.bind(self.limits.ends_after_s(0))
    }

    fn lines<'l>(self, some: &[&'l str]) -> Query<'l> {
        let query = Query::about(&sql::LINES_USAGE, some.len()).bind(self.at).bind(self.a_day_ago());
        query.bind_some(some.iter().copied())
    }

    /// From then on all calls have begun by now.
    async fn bring_back(self, transaction: &mut Transaction<'_>) -> Result<(), StoreError> {
        let query = Query::new(sql::BRING_DIALS_BACK).bind(self.at).bind(self.limits.ends_after_s(0));
        transaction.execute(query).await?;
        Ok(())
    }
}

/// What lines use, as it was read once and has grown since, in one transaction and at one moment.
#[derive(Default)]
struct Used {
    at: Option<i64>,
    server_s: u64,
    by_line: HashMap<String, DialUsage>,
}

impl Used {
    async fn at(transaction: &mut Transaction<'_>, now: Now, lines: &[&str]) -> Result<Self, StoreError> {
        transaction.execute(Query::new(sql::FORGET_OLD_DIALS).bind(now.a_day_ago())).await?;
        let (mut server_s, ahead) = of_server(&transaction.fetch_one(now.server()).await?)?;
        if ahead {
            now.bring_back(transaction).await?;
            (server_s, _) = of_server(&transaction.fetch_one(now.server()).await?)?;
        }
        let by_line = transaction.fetch_all(now.lines(lines)).await?;
        let by_line = by_line.iter().map(of_line).collect::<Result<_, _>>()?;
        Ok(Self { at: Some(now.at), server_s, by_line })
    }

    fn by(&self, line: &str) -> DialUsage {
        let usage = self.by_line.get(line).copied().unwrap_or_default();
        DialUsage { server_s: self.server_s, ..usage }
    }

    fn count(&mut self, request: &DialRequest, granted: Answer) {
        let Ok(granted_s) = granted else { return };
        let counted_s = if request.kind.is_metered() { billed_s(granted_s) } else { 0 };
        self.server_s = self.server_s.saturating_add(counted_s);
        let usage = self.by_line.entry(request.line.clone()).or_default();
        usage.line_s = usage.line_s.saturating_add(counted_s);
        usage.calls = usage.calls.saturating_add(u32::from(request.ended_at(granted).is_none()));
    }
}

/// What is kept of an answer.
type Added<'r> = [Value<'r>; 8];

fn row<'r>(request: &'r DialRequest, limits: &DialLimits, granted: Answer) -> Added<'r> {
    let granted_s = granted.unwrap_or(0);
    let metered = request.kind.is_metered() && granted.is_ok();
    let refusal = granted.err().map(|reason| call::to_word(&CallOutcome::Refused { reason }));
    let ends_by = if granted.is_ok() { limits.ends_by(request.at, granted_s) } else { request.at };
    [
        (&request.call_sid).into(),
        (&request.line).into(),
        i64::from(granted_s).into(),
        refusal.into(),
        i64::from(metered).into(),
        (if metered { whole(billed_s(granted_s)) } else { 0 }).into(),
        ends_by.into(),
        request.ended_at(granted).into(),
    ]
}

async fn add(transaction: &mut Transaction<'_>, added: Vec<Added<'_>>) -> Result<(), StoreError> {
    for some in added.chunks(MOST_ROWS) {
        let query = Query::about(&sql::ADD_DIALS, some.len()).bind_rows(some.iter().cloned());
        transaction.execute(query).await?;
    }
    Ok(())
}

/// Learns of a call's end, in the transaction that writes the report.
pub(crate) async fn settle(transaction: &mut Transaction<'_>, report: &CallReport) -> Result<(), StoreError> {
    let billed = whole(used_s(report));
    let query = Query::new(sql::SETTLE_DIAL).bind(&report.parent_sid).bind(billed).bind(report.at);
    let settled = transaction.execute(query).await?;
    if settled == 0 && report.direction == CallDirection::Outgoing && billed > 0 {
        let (client, number) = report.line.client_and_number();
        let query = Query::new(sql::ADD_UNKNOWN_DIAL)
            .bind(&report.parent_sid)
            .bind(billed)
            .bind(report.at)
            .bind(client)
            .bind(number)
            .bind(&report.peer);
        transaction.execute(query).await?;
    }
    Ok(())
}

/// What the server uses, and whether calls of a clock that was ahead are in it.
fn of_server(row: &Row) -> Result<(u64, bool), StoreError> {
    Ok((seconds(row.get("server_s")?), row.get::<i64>("ahead")? > 0))
}

/// A line, and what it uses.
fn of_line(row: &Row) -> Result<(String, DialUsage), StoreError> {
    let calls = u32::try_from(row.get::<i64>("calls")?).unwrap_or(u32::MAX);
    let usage = DialUsage { calls, line_s: seconds(row.get("line_s")?), server_s: 0 };
    Ok((row.get("phone_number")?, usage))
}

fn answer(row: &Row) -> Result<Answer, StoreError> {
    let refusal: Option<String> = row.get("refusal")?;
    let Some(word) = refusal else {
        let granted_s: i64 = row.get("granted_s")?;
        return Ok(Ok(u32::try_from(granted_s).unwrap_or(0)));
    };
    match call::from_word(&word) {
        Some(CallOutcome::Refused { reason }) => Ok(Err(reason)),
        _ => Err(StoreError::Unreadable(word)),
    }
}

fn seconds(whole: i64) -> u64 {
    u64::try_from(whole).unwrap_or(0)
}

fn whole(seconds: u64) -> i64 {
    i64::try_from(seconds).unwrap_or(i64::MAX)
}
