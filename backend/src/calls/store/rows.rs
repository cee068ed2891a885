use async_trait::async_trait;
use shared::{
    PhoneNumber,
    api::{CallDirection, CallIssue, CallOutcome, CallRating, CallRecord, CallScore, MissedCall},
};
use sqlx::{Row, SqliteConnection};

use super::{CallStore, MOST_MISSED, sql};
use crate::{
    calls::{
        busy::BusySince,
        call::{self, CallReport},
    },
    dialling::store::rows as dials,
    store::{
        StoreError,
        sqlite::{At, SqliteStore, Transaction},
    },
};

#[async_trait]
impl CallStore for SqliteStore {
    async fn report_call(&self, report: &CallReport) -> Result<(), StoreError> {
        self.together().ask(report.clone(), 1, |reports| write_all(self, reports)).await
    }

    async fn has_report(&self, report: &CallReport) -> Result<bool, StoreError> {
        let (client, number) = report.line.client_and_number();
        let query = sqlx::query(sql::HAS_REPORT)
            .bind(&report.parent_sid)
            .bind(client)
            .bind(number)
            .bind(call::strength(&report.outcome))
            .bind(i64::from(report.duration_s));
        Ok(query.fetch_optional(&self.reading().await?).await.at(self)?.is_some())
    }

    async fn ring_line(&self, report: &CallReport, since: BusySince) -> Result<bool, StoreError> {
        let (client, number) = report.line.client_and_number();
        // The lock for writing is taken before the first look, so that nobody else finds the line free meanwhile.
        let mut transaction = Transaction::begin(self).await?;
        let rung = sqlx::query(sql::RUNG).bind(&report.parent_sid).bind(client).bind(number);
        if let Some(row) = rung.fetch_optional(&mut *transaction).await.at(self)? {
            transaction.roll_back().await?;
            let outcome: &str = row.try_get("outcome").at(self)?;
            let child: Option<&str> = row.try_get("child_sid").at(self)?;
            return Ok(outcome != call::to_word(&CallOutcome::Busy) || child.is_some());
        }
        let busy = sqlx::query(sql::LINE_IS_BUSY)
            .bind(client)
            .bind(number)
            .bind(since.ringing)
            .bind(since.running)
            .bind(since.latest)
            .fetch_optional(&mut *transaction)
            .await
            .at(self)?
            .is_some();
        let outcome = if busy { CallOutcome::Busy } else { report.outcome.clone() };
        add(&mut transaction, &CallReport { outcome, ..report.clone() }).await.at(self)?;
        transaction.commit().await?;
        Ok(!busy)
    }

    async fn missed_calls(
        &self,
        number: &PhoneNumber,
        after: i64,
        since: BusySince,
    ) -> Result<Vec<MissedCall>, StoreError> {
        let rows = sqlx::query(sql::MISSED_CALLS)
            .bind(number.as_str())
            .bind(after)
            .bind(since.ringing)
            .bind(i64::from(MOST_MISSED))
            .fetch_all(&self.reading().await?)
            .await
            .at(self)?;
        let missed = rows.iter().map(|row| {
            let busy: i64 = row.try_get("busy").at(self)?;
            Ok(MissedCall {
                call_sid: row.try_get("call_sid").at(self)?,
                peer: row.try_get("peer").at(self)?,
                at: row.try_get("started_at").at(self)?,
                busy: busy != 0,
            })
        });
        missed.collect()
    }

    async fn ringing_since(&self, number: &PhoneNumber, since: BusySince) -> Result<Option<i64>, StoreError> {
        let query =
            sqlx::query(sql::RINGING_SINCE).bind(number.as_str()).bind(since.ringing).bind(since.latest);
        let row = query.fetch_one(&self.reading().await?).await.at(self)?;
        row.try_get("since").at(self)
    }

    async fn call(&self, number: &PhoneNumber, call_sid: &str) -> Result<Option<CallRecord>, StoreError> {
        let query = sqlx::query(sql::CALL).bind(number.as_str()).bind(call_sid);
        let row = query.fetch_optional(&self.reading().await?).await.at(self)?;
        let Some(row) = row else { return Ok(None) };
        let outcome: String = row.try_get("outcome")?;
        let duration_s: i64 = row.try_get("duration_s")?;
        Ok(Some(CallRecord {
            call_sid: call_sid.to_owned(),
            direction: direction(row.try_get("direction")?)?,
            peer: row.try_get("peer")?,
            outcome: call::from_word(&outcome).ok_or(StoreError::Unreadable(outcome))?,
            started_at: row.try_get("started_at")?,
            duration_s: u32::try_from(duration_s).unwrap_or(0),
            rating: rating(row.try_get("score")?, row.try_get("issue")?),
        }))
    }

    async fn leave_call(&self, number: &PhoneNumber, call_sid: &str, now_s: i64) -> Result<bool, StoreError> {
        let query = sqlx::query(sql::LEAVE_CALL).bind(number.as_str()).bind(call_sid).bind(now_s);
        let left = query.execute(&self.writing().await?).await.at(self)?;
        Ok(left.rows_affected() > 0)
    }

    async fn rate_call(
        &self,
        number: &PhoneNumber,
        call_sid: &str,
        rating: CallRating,
    ) -> Result<bool, StoreError> {
        let rated = sqlx::query(sql::RATE_CALL)
            .bind(number.as_str())
            .bind(call_sid)
            .bind(i64::from(u8::from(rating.score)))
            .bind(rating.issue.map(CallIssue::word))
            .execute(&self.writing().await?)
            .await
            .at(self)?;
        Ok(rated.rows_affected() > 0)
    }
}

/// One transaction for all of them.
async fn write_all(store: &SqliteStore, reports: Vec<CallReport>) -> Result<Vec<()>, StoreError> {
    let mut transaction = Transaction::begin(store).await?;
    for report in &reports {
        add(&mut transaction, report).await.at(store)?;
    }
    transaction.commit().await?;
    Ok(vec![(); reports.len()])
}

/// What a report adds, in the transaction that writes it.
async fn add(connection: &mut SqliteConnection, report: &CallReport) -> Result<(), sqlx::Error> {
    let (client, number) = report.line.client_and_number();
    sqlx::query(sql::REPORT_CALL)
        .bind(&report.parent_sid)
        .bind(&report.child_sid)
        .bind(direction_word(report.direction))
        .bind(&report.peer)
        .bind(call::to_word(&report.outcome))
        .bind(call::strength(&report.outcome))
        .bind(report.at)
        .bind(i64::from(report.duration_s))
        .bind(client)
        .bind(number)
        .bind(&report.attempt)
        .execute(&mut *connection)
        .await?;
    sqlx::query(sql::LEVEL_CALL).bind(&report.parent_sid).execute(&mut *connection).await?;
    if call::is_over(&report.outcome) {
        dials::settle(connection, report).await?;
    }
    Ok(())
}

fn rating(score: Option<i64>, issue: Option<&str>) -> Option<CallRating> {
    let score = CallScore::try_from(u8::try_from(score?).ok()?).ok()?;
    Some(CallRating { score, issue: issue.and_then(CallIssue::from_word) })
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
