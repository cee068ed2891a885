use async_trait::async_trait;
use shared::api::{CallDirection, CallOutcome, Refusal};
use sqlx::{Row, SqliteConnection, sqlite::SqliteRow};

use super::{DialStore, sql};
use crate::{
    calls::call::{self, CallReport},
    dialling::limits::{DAY_S, DialLimits, DialRequest, DialUsage, billed_s, used_s},
    store::{
        StoreError,
        sqlite::{At, SqliteStore, Transaction},
    },
};

#[async_trait]
impl DialStore for SqliteStore {
    async fn ask_to_dial(
        &self,
        request: &DialRequest,
        limits: &DialLimits,
    ) -> Result<Result<u32, Refusal>, StoreError> {
        // The lock for writing is taken before the first look, so that nobody else looks at the same usage.
        let mut transaction = Transaction::begin(self).await?;
        let known = sqlx::query(sql::DIAL).bind(&request.call_sid);
        if let Some(row) = known.fetch_optional(&mut *transaction).await.at(self)? {
            transaction.roll_back().await?;
            return answer(&row);
        }
        let query = sqlx::query(sql::FORGET_OLD_DIALS).bind(request.at.saturating_sub(DAY_S));
        query.execute(&mut *transaction).await.at(self)?;
        let (mut usage, ahead) = usage(&mut transaction, &request.line, limits, request.at).await.at(self)?;
        if ahead {
            usage = bring_back(&mut transaction, &request.line, limits, request.at).await.at(self)?;
        }
        let granted = limits.grant(usage.and(request.outside), request.kind);
        let granted_s = granted.unwrap_or(0);
        let metered = request.kind.is_metered() && granted.is_ok();
        let refusal = granted.err().map(|reason| call::to_word(&CallOutcome::Refused { reason }));
        let ends_by = if granted.is_ok() { limits.ends_by(request.at, granted_s) } else { request.at };
        sqlx::query(sql::ADD_DIAL)
            .bind(&request.call_sid)
            .bind(&request.line)
            .bind(i64::from(granted_s))
            .bind(refusal)
            .bind(i64::from(metered))
            .bind(if metered { whole(billed_s(granted_s)) } else { 0 })
            .bind(ends_by)
            .bind(request.ended_at(granted))
            .execute(&mut *transaction)
            .await
            .at(self)?;
        transaction.commit().await?;
        Ok(granted)
    }

    async fn dial_usage(&self, line: &str, limits: &DialLimits, now_s: i64) -> Result<DialUsage, StoreError> {
        let mut reading = self.reading().await?.acquire().await.at(self)?;
        let (found, ahead) = usage(&mut reading, line, limits, now_s).await.at(self)?;
        drop(reading);
        if !ahead {
            return Ok(found);
        }
        let mut transaction = Transaction::begin(self).await?;
        let found = bring_back(&mut transaction, line, limits, now_s).await.at(self)?;
        transaction.commit().await?;
        Ok(found)
    }
}

/// Learns of a call's end, in the transaction that writes the report.
pub(crate) async fn settle(
    connection: &mut SqliteConnection,
    report: &CallReport,
) -> Result<(), sqlx::Error> {
    let billed = whole(used_s(report));
    let settled = sqlx::query(sql::SETTLE_DIAL)
        .bind(&report.parent_sid)
        .bind(billed)
        .bind(report.at)
        .execute(&mut *connection)
        .await?;
    if settled.rows_affected() == 0 && report.direction == CallDirection::Outgoing && billed > 0 {
        let (client, number) = report.line.client_and_number();
        sqlx::query(sql::ADD_UNKNOWN_DIAL)
            .bind(&report.parent_sid)
            .bind(billed)
            .bind(report.at)
            .bind(client)
            .bind(number)
            .bind(&report.peer)
            .execute(connection)
            .await?;
    }
    Ok(())
}

/// What is used, and whether calls of a clock that was ahead are in it.
async fn usage(
    connection: &mut SqliteConnection,
    line: &str,
    limits: &DialLimits,
    now_s: i64,
) -> Result<(DialUsage, bool), sqlx::Error> {
    let query = sqlx::query(sql::DIAL_USAGE).bind(line).bind(now_s);
    let query = query.bind(now_s.saturating_sub(DAY_S)).bind(limits.ends_after_s(0));
    let row = query.fetch_one(connection).await?;
    let (calls, line_s, server_s): (i64, i64, i64) =
        (row.try_get("calls")?, row.try_get("line_s")?, row.try_get("server_s")?);
    let usage = DialUsage {
        calls: u32::try_from(calls).unwrap_or(u32::MAX),
        line_s: u64::try_from(line_s).unwrap_or(0),
        server_s: u64::try_from(server_s).unwrap_or(0),
    };
    Ok((usage, row.try_get::<i64, _>("ahead")? > 0))
}

/// What is used when all calls have begun by now.
async fn bring_back(
    connection: &mut SqliteConnection,
    line: &str,
    limits: &DialLimits,
    now_s: i64,
) -> Result<DialUsage, sqlx::Error> {
    let query = sqlx::query(sql::BRING_DIALS_BACK).bind(now_s).bind(limits.ends_after_s(0));
    query.execute(&mut *connection).await?;
    Ok(usage(connection, line, limits, now_s).await?.0)
}

fn answer(row: &SqliteRow) -> Result<Result<u32, Refusal>, StoreError> {
    let refusal: Option<String> = row.try_get("refusal")?;
    let Some(word) = refusal else {
        let granted_s: i64 = row.try_get("granted_s")?;
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
