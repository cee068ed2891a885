use std::collections::{HashMap, HashSet};

use async_trait::async_trait;
use shared::{
    PhoneNumber,
    api::{CallDirection, CallIssue, CallOutcome, CallRating, CallRecord, CallScore, MissedCall},
};

use super::{CallStore, MOST_MISSED, sql};
use crate::{
    calls::{
        busy::BusySince,
        call::{self, CallReport},
    },
    dialling::store::rows as dials,
    events::store::missed_call,
    store::{Query, SqlStore, StoreError, Transaction, Value, for_many::MOST_ROWS},
};

#[async_trait]
impl CallStore for SqlStore {
    async fn report_call(&self, report: &CallReport) -> Result<(), StoreError> {
        self.together().ask(report.clone(), 1, |reports| write_all(self, reports)).await
    }

    async fn has_report(&self, report: &CallReport) -> Result<bool, StoreError> {
        let (client, number) = report.line.client_and_number();
        let query = Query::new(sql::HAS_REPORT)
            .bind(&report.parent_sid)
            .bind(client)
            .bind(number)
            .bind(call::strength(&report.outcome))
            .bind(i64::from(report.duration_s));
        Ok(self.fetch_optional(query).await?.is_some())
    }

    async fn ring_line(&self, report: &CallReport, since: BusySince) -> Result<bool, StoreError> {
        let (client, number) = report.line.client_and_number();
        // The lock for writing is taken before the first look, so that nobody else finds the line free meanwhile.
        let mut transaction = self.begin().await?;
        let rung = Query::new(sql::RUNG).bind(&report.parent_sid).bind(client).bind(number);
        if let Some(row) = transaction.fetch_optional(rung).await? {
            transaction.roll_back().await?;
            let outcome: String = row.get("outcome")?;
            let child: Option<String> = row.get("child_sid")?;
            return Ok(outcome != call::to_word(&CallOutcome::Busy) || child.is_some());
        }
        let query = Query::new(sql::LINE_IS_BUSY)
            .bind(client)
            .bind(number)
            .bind(since.ringing)
            .bind(since.running)
            .bind(since.latest);
        let busy = transaction.fetch_optional(query).await?.is_some();
        let outcome = if busy { CallOutcome::Busy } else { report.outcome.clone() };
        add(&mut transaction, &[CallReport { outcome, ..report.clone() }]).await?;
        transaction.commit().await?;
        Ok(!busy)
    }

    async fn missed_calls(
        &self,
        number: &PhoneNumber,
        after: i64,
        since: BusySince,
    ) -> Result<Vec<MissedCall>, StoreError> {
        let query = Query::new(sql::MISSED_CALLS)
            .bind(number.as_str())
            .bind(after)
            .bind(since.ringing)
            .bind(i64::from(MOST_MISSED));
        let rows = self.fetch_all(query).await?;
        let missed = rows.iter().map(|row| {
            let busy: i64 = row.get("busy")?;
            Ok(MissedCall {
                call_sid: row.get("call_sid")?,
                peer: row.get("peer")?,
                at: row.get("started_at")?,
                busy: busy != 0,
            })
        });
        missed.collect()
    }

    async fn ringing_since(&self, number: &PhoneNumber, since: BusySince) -> Result<Option<i64>, StoreError> {
        let query =
            Query::new(sql::RINGING_SINCE).bind(number.as_str()).bind(since.ringing).bind(since.latest);
        let row = self.fetch_one(query).await?;
        row.get("since")
    }

    async fn call(&self, number: &PhoneNumber, call_sid: &str) -> Result<Option<CallRecord>, StoreError> {
        let query = Query::new(sql::CALL).bind(number.as_str()).bind(call_sid);
        let row = self.fetch_optional(query).await?;
        let Some(row) = row else { return Ok(None) };
        let outcome: String = row.get("outcome")?;
        let duration_s: i64 = row.get("duration_s")?;
        Ok(Some(CallRecord {
            call_sid: call_sid.to_owned(),
            direction: direction(&row.get::<String>("direction")?)?,
            peer: row.get("peer")?,
            outcome: call::from_word(&outcome).ok_or(StoreError::Unreadable(outcome))?,
            started_at: row.get("started_at")?,
            duration_s: u32::try_from(duration_s).unwrap_or(0),
            rating: rating(row.get("score")?, row.get("issue")?),
        }))
    }

    async fn leave_call(&self, number: &PhoneNumber, call_sid: &str, now_s: i64) -> Result<bool, StoreError> {
        let query = Query::new(sql::LEAVE_CALL).bind(number.as_str()).bind(call_sid).bind(now_s);
        let left = self.execute(query).await?;
        Ok(left > 0)
    }

    async fn rate_call(
        &self,
        number: &PhoneNumber,
        call_sid: &str,
        rating: CallRating,
    ) -> Result<bool, StoreError> {
        let query = Query::new(sql::RATE_CALL)
            .bind(number.as_str())
            .bind(call_sid)
            .bind(i64::from(u8::from(rating.score)))
            .bind(rating.issue.map(CallIssue::word));
        let rated = self.execute(query).await?;
        Ok(rated > 0)
    }
}

/// One transaction for all of them.
async fn write_all(store: &SqlStore, reports: Vec<CallReport>) -> Result<Vec<()>, StoreError> {
    let mut transaction = store.begin().await?;
    // Those of one call go after each other.
    let mut rest = reports.as_slice();
    while !rest.is_empty() {
        let mut seen = HashSet::new();
        let again = rest.iter().position(|report| !seen.insert(&report.parent_sid));
        let (some, others) = rest.split_at(again.unwrap_or(rest.len()));
        add(&mut transaction, some).await?;
        rest = others;
    }
    transaction.commit().await?;
    Ok(vec![(); reports.len()])
}

/// What reports about different calls add, in the transaction that writes them.
async fn add(transaction: &mut Transaction<'_>, reports: &[CallReport]) -> Result<(), StoreError> {
    for some in reports.chunks(MOST_ROWS) {
        let query = Query::about(&sql::REPORT_CALLS, some.len()).bind_rows(some.iter().map(row));
        transaction.execute(query).await?;
    }
    let sids = reports.iter().map(|report| &report.parent_sid);
    transaction.execute(Query::about(&sql::LEVEL_CALLS, reports.len()).bind_some(sids)).await?;
    for report in reports.iter().filter(|report| call::is_over(&report.outcome)) {
        dials::settle(transaction, report).await?;
    }
    tell_missed(transaction, reports).await
}

/// Tells the lines' browsers of calls that nobody took.
async fn tell_missed(transaction: &mut Transaction<'_>, reports: &[CallReport]) -> Result<(), StoreError> {
    let sids = reports.iter().filter(|report| call::may_be_missed(&report.outcome));
    let sids: Vec<_> = sids.map(|report| report.parent_sid.as_str()).collect();
    if sids.is_empty() {
        return Ok(());
    }
    let missed = Query::about(&sql::MISSED_BY, sids.len()).bind_some(sids.iter().copied());
    let missed = transaction.fetch_all(missed).await?;
    let missed = missed.iter().map(|row| Ok((row.get("parent_sid")?, row.get("phone_number")?)));
    let missed = missed.collect::<Result<HashMap<String, String>, StoreError>>()?;
    // In the order of the reports.
    for sid in sids {
        if let Some(number) = missed.get(sid) {
            missed_call(transaction, number, sid).await?;
        }
    }
    Ok(())
}

/// What is kept of a report, and whose call it is.
fn row(report: &CallReport) -> [Value<'_>; 11] {
    let (client, number) = report.line.client_and_number();
    [
        (&report.parent_sid).into(),
        (&report.child_sid).into(),
        direction_word(report.direction).into(),
        (&report.peer).into(),
        call::to_word(&report.outcome).into(),
        call::strength(&report.outcome).into(),
        report.at.into(),
        i64::from(report.duration_s).into(),
        (&report.attempt).into(),
        client.into(),
        number.into(),
    ]
}

fn rating(score: Option<i64>, issue: Option<String>) -> Option<CallRating> {
    let score = CallScore::try_from(u8::try_from(score?).ok()?).ok()?;
    Some(CallRating { score, issue: issue.as_deref().and_then(CallIssue::from_word) })
}

fn direction_word(direction: CallDirection) -> &'static str {
    match direction {
        CallDirection::Incoming => "incoming",
        CallDirection::Outgoing => "outgoing",
    }
}

fn direction(word: &str) -> Result<CallDirection, StoreError> {
    match word {
        "incoming" => Ok(CallDirection::Incoming),
        "outgoing" => Ok(CallDirection::Outgoing),
        _ => Err(StoreError::Unreadable(word.to_owned())),
    }
}
