use std::collections::HashMap;

use async_trait::async_trait;
use shared::api::{CallDirection, CallOutcome, Refusal};

use super::{DialStore, sql};
use crate::{
    calls::call::{self, CallReport},
    dialling::limits::{DAY_S, DialLimits, DialRequest, DialUsage, billed_s, used_s},
    store::{Query, Row, SqlStore, StoreError, Transaction},
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
        let (found, ahead) = used(&self.fetch_one(usage(line, limits, now_s)).await?)?;
        if !ahead {
            return Ok(found);
        }
        let mut transaction = self.begin().await?;
        let found = bring_back(&mut transaction, line, limits, now_s).await?;
        transaction.commit().await?;
        Ok(found)
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
    let mut used = Used::default();
    let mut answers = Vec::new();
    for (request, limits) in &asked {
        let known = Query::new(sql::DIAL).bind(&request.call_sid);
        if let Some(row) = transaction.fetch_optional(known).await? {
            answers.push(answer(&row)?);
            continue;
        }
        let usage = used.of(&mut transaction, request, limits).await?;
        let granted = limits.grant(usage.and(request.outside), request.kind);
        add(&mut transaction, request, limits, granted).await?;
        used.count(request, granted);
        answers.push(granted);
    }
    transaction.commit().await?;
    Ok(answers)
}

/// What lines use, as it was read once and has grown since, in one transaction and at one moment.
#[derive(Default)]
struct Used {
    at: Option<i64>,
    by_line: HashMap<String, DialUsage>,
}

impl Used {
    async fn of(
        &mut self,
        transaction: &mut Transaction<'_>,
        request: &DialRequest,
        limits: &DialLimits,
    ) -> Result<DialUsage, StoreError> {
        if self.at != Some(request.at) {
            let query = Query::new(sql::FORGET_OLD_DIALS).bind(request.at.saturating_sub(DAY_S));
            transaction.execute(query).await?;
            *self = Self { at: Some(request.at), by_line: HashMap::new() };
        }
        if let Some(usage) = self.by_line.get(&request.line) {
            return Ok(*usage);
        }
        let query = usage(&request.line, limits, request.at);
        let (mut usage, ahead) = used(&transaction.fetch_one(query).await?)?;
        if ahead {
            usage = bring_back(transaction, &request.line, limits, request.at).await?;
        }
        self.by_line.insert(request.line.clone(), usage);
        Ok(usage)
    }

    fn count(&mut self, request: &DialRequest, granted: Answer) {
        let Ok(granted_s) = granted else { return };
        let counted_s = if request.kind.is_metered() { billed_s(granted_s) } else { 0 };
        for usage in self.by_line.values_mut() {
            usage.server_s = usage.server_s.saturating_add(counted_s);
        }
        if let Some(usage) = self.by_line.get_mut(&request.line) {
            usage.line_s = usage.line_s.saturating_add(counted_s);
            usage.calls = usage.calls.saturating_add(u32::from(request.ended_at(granted).is_none()));
        }
    }
}

async fn add(
    transaction: &mut Transaction<'_>,
    request: &DialRequest,
    limits: &DialLimits,
    granted: Answer,
) -> Result<(), StoreError> {
    let granted_s = granted.unwrap_or(0);
    let metered = request.kind.is_metered() && granted.is_ok();
    let refusal = granted.err().map(|reason| call::to_word(&CallOutcome::Refused { reason }));
    let ends_by = if granted.is_ok() { limits.ends_by(request.at, granted_s) } else { request.at };
    let query = Query::new(sql::ADD_DIAL)
        .bind(&request.call_sid)
        .bind(&request.line)
        .bind(i64::from(granted_s))
        .bind(refusal)
        .bind(i64::from(metered))
        .bind(if metered { whole(billed_s(granted_s)) } else { 0 })
        .bind(ends_by)
        .bind(request.ended_at(granted));
    transaction.execute(query).await?;
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

fn usage<'l>(line: &'l str, limits: &DialLimits, now_s: i64) -> Query<'l> {
    let query = Query::new(sql::DIAL_USAGE).bind(line).bind(now_s);
    query.bind(now_s.saturating_sub(DAY_S)).bind(limits.ends_after_s(0))
}

/// What is used, and whether calls of a clock that was ahead are in it.
fn used(row: &Row) -> Result<(DialUsage, bool), StoreError> {
    let (calls, line_s, server_s): (i64, i64, i64) =
        (row.get("calls")?, row.get("line_s")?, row.get("server_s")?);
    let usage = DialUsage {
        calls: u32::try_from(calls).unwrap_or(u32::MAX),
        line_s: u64::try_from(line_s).unwrap_or(0),
        server_s: u64::try_from(server_s).unwrap_or(0),
    };
    Ok((usage, row.get::<i64>("ahead")? > 0))
}

/// What is used when all calls have begun by now.
async fn bring_back(
    transaction: &mut Transaction<'_>,
    line: &str,
    limits: &DialLimits,
    now_s: i64,
) -> Result<DialUsage, StoreError> {
    let query = Query::new(sql::BRING_DIALS_BACK).bind(now_s).bind(limits.ends_after_s(0));
    transaction.execute(query).await?;
    Ok(used(&transaction.fetch_one(usage(line, limits, now_s)).await?)?.0)
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

fn whole(seconds: u64) -> i64 {
    i64::try_from(seconds).unwrap_or(i64::MAX)
}
