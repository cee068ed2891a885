use std::{collections::HashMap, hash::Hash};

use async_trait::async_trait;
use shared::PhoneNumber;

use super::{Changed, LineStore, sql};
use crate::{
    events::{event::EndReason, store::sessions_ended},
    lines::{LineLimits, credential::Credential, line::Line},
    sign_in::{browser_secret::SecretDigest, store::sessions::sql as sessions},
    store::{Query, Row, SqlStore, StoreError, Transaction, for_many::ForMany},
};

#[async_trait]
impl LineStore for SqlStore {
    async fn add_line(&self, line: &Line) -> Result<(), StoreError> {
        let (hash, code_expires_at) = to_columns(&line.credential);
        let query = Query::new(sql::ADD_LINE)
            .bind(line.phone_number.as_str())
            .bind(&line.client_name)
            .bind(&line.label)
            .bind(hash)
            .bind(code_expires_at)
            .bind(i64::from(line.admin))
            .bind(line.limits.calls_at_once.map(i64::from))
            .bind(line.limits.minutes_per_day.map(i64::from));
        let added = self.execute(query).await?;
        if added == 0 { Err(StoreError::LineExists) } else { Ok(()) }
    }

    async fn lines(&self) -> Result<Vec<Line>, StoreError> {
        let rows = self.fetch_all(Query::new(sql::LINES)).await?;
        rows.iter().map(line).collect()
    }

    async fn line_by_number(&self, number: &PhoneNumber) -> Result<Option<Line>, StoreError> {
        let together = self.together::<PhoneNumber, _>();
        let by_number =
            |asked| find(self, &sql::LINES_BY_NUMBER, asked, PhoneNumber::as_str, |line| &line.phone_number);
        together.ask(number.clone(), self.readers(), by_number).await
    }

    async fn line_by_client(&self, client_name: &str) -> Result<Option<Line>, StoreError> {
        let together = self.together::<String, _>();
        let by_client =
            |asked| find(self, &sql::LINES_BY_CLIENT, asked, String::as_str, |line| &line.client_name);
        together.ask(client_name.to_owned(), self.readers(), by_client).await
    }

    async fn remove_line(&self, number: &PhoneNumber) -> Result<bool, StoreError> {
        // What is the line's goes with it, which others must not write meanwhile.
        let mut transaction = self.begin().await?;
        let removed = transaction.execute(Query::new(sql::REMOVE_LINE).bind(number.as_str())).await?;
        if removed > 0 {
            sessions_ended(&mut transaction, number.as_str(), EndReason::Removed).await?;
        }
        transaction.commit().await?;
        Ok(removed > 0)
    }

    async fn remove_line_but_the_last_admins(&self, number: &PhoneNumber) -> Result<Changed, StoreError> {
        let mut transaction = self.begin().await?;
        let query = Query::new(sql::REMOVE_LINE_BUT_THE_LAST_ADMINS).bind(number.as_str());
        let removed = transaction.execute(query).await?;
        if removed > 0 {
            sessions_ended(&mut transaction, number.as_str(), EndReason::Removed).await?;
        }
        changed(transaction, number, removed).await
    }

    async fn rename_line(&self, number: &PhoneNumber, label: &str) -> Result<bool, StoreError> {
        let query = Query::new(sql::RENAME_LINE).bind(number.as_str()).bind(label);
        Ok(self.execute(query).await? > 0)
    }

    async fn set_limits(&self, number: &PhoneNumber, limits: LineLimits) -> Result<bool, StoreError> {
        let query = Query::new(sql::SET_LIMITS)
            .bind(number.as_str())
            .bind(limits.calls_at_once.map(i64::from))
            .bind(limits.minutes_per_day.map(i64::from));
        Ok(self.execute(query).await? > 0)
    }

    async fn set_admin(
        &self,
        number: &PhoneNumber,
        admin: bool,
        may_leave_none: bool,
    ) -> Result<Changed, StoreError> {
        let mut transaction = self.begin().await?;
        let query = Query::new(sql::SET_ADMIN)
            .bind(number.as_str())
            .bind(i64::from(admin))
            .bind(i64::from(may_leave_none));
        let set = transaction.execute(query).await?;
        changed(transaction, number, set).await
    }

    async fn set_credential(
        &self,
        number: &PhoneNumber,
        credential: &Credential,
    ) -> Result<bool, StoreError> {
        let (hash, code_expires_at) = to_columns(credential);
        let mut transaction = self.begin().await?;
        let query = Query::new(sql::SET_CREDENTIAL).bind(number.as_str()).bind(hash).bind(code_expires_at);
        let set = transaction.execute(query).await?;
        for statement in [sessions::REMOVE_SESSIONS, sessions::FORGET_DEVICES] {
            let query = Query::new(statement).bind(number.as_str());
            transaction.execute(query).await?;
        }
        if set > 0 {
            sessions_ended(&mut transaction, number.as_str(), EndReason::Passcode).await?;
        }
        transaction.commit().await?;
        Ok(set > 0)
    }

    async fn replace_passcode(
        &self,
        number: &PhoneNumber,
        old_hash: &str,
        new_hash: &str,
        keep: Option<SecretDigest>,
    ) -> Result<bool, StoreError> {
        let mut transaction = self.begin().await?;
        let query = Query::new(sql::REPLACE_PASSCODE).bind(number.as_str()).bind(old_hash).bind(new_hash);
        let replaced = transaction.execute(query).await?;
        if replaced == 0 {
            transaction.roll_back().await?;
            return Ok(false);
        }
        // No session has the empty digest.
        let keep = keep.map(|keep| keep.0.to_vec()).unwrap_or_default();
        for statement in [sessions::REMOVE_OTHER_SESSIONS, sessions::FORGET_OTHER_DEVICES] {
            let query = Query::new(statement).bind(number.as_str()).bind(&keep);
            transaction.execute(query).await?;
        }
        sessions_ended(&mut transaction, number.as_str(), EndReason::Passcode).await?;
        transaction.commit().await?;
        Ok(true)
    }

    async fn add_email(&self, number: &PhoneNumber, email: &str) -> Result<bool, StoreError> {
        let mut transaction = self.begin().await?;
        let query = Query::new(sql::REMOVE_SESSIONS_OF_FORMER_LINE).bind(number.as_str());
        if let Some(former) = transaction.fetch_optional(query.bind(email)).await? {
            let former: String = former.get("phone_number")?;
            sessions_ended(&mut transaction, &former, EndReason::Email).await?;
        }
        let query = Query::new(sql::ADD_EMAIL).bind(number.as_str()).bind(email);
        let added = transaction.execute(query).await? > 0;
        transaction.commit().await?;
        Ok(added)
    }

    async fn remove_email(&self, number: &PhoneNumber, email: &str) -> Result<bool, StoreError> {
        let mut transaction = self.begin().await?;
        let query = Query::new(sql::REMOVE_EMAIL).bind(number.as_str()).bind(email);
        if transaction.execute(query).await? == 0 {
            transaction.roll_back().await?;
            return Ok(false);
        }
        let query = Query::new(sessions::REMOVE_SESSIONS).bind(number.as_str());
        transaction.execute(query).await?;
        sessions_ended(&mut transaction, number.as_str(), EndReason::Email).await?;
        transaction.commit().await?;
        Ok(true)
    }

    async fn emails(&self) -> Result<Vec<(PhoneNumber, String)>, StoreError> {
        let rows = self.fetch_all(Query::new(sql::EMAILS)).await?;
        rows.iter().map(|row| Ok((number(row)?, row.get("email")?))).collect()
    }

    async fn line_by_email(&self, email: &str) -> Result<Option<Line>, StoreError> {
        let query = Query::new(sql::LINE_BY_EMAIL).bind(email);
        self.fetch_optional(query).await?.as_ref().map(line).transpose()
    }
}

/// The line of each, where there is one, in the order in which they were asked for.
async fn find<K: Eq + Hash + Clone>(
    store: &SqlStore,
    statement: &'static ForMany,
    asked: Vec<K>,
    text: impl Fn(&K) -> &str,
    key: impl Fn(&Line) -> &K,
) -> Result<Vec<Option<Line>>, StoreError> {
    let query = Query::about(statement, asked.len()).bind_some(asked.iter().map(text));
    let mut found = HashMap::new();
    for row in store.fetch_all(query).await? {
        let line = line(&row)?;
        found.insert(key(&line).clone(), line);
    }
    Ok(asked.iter().map(|key| found.get(key).cloned()).collect())
}

/// Ends a transaction whose statement may have spared the last admin.
async fn changed(
    mut transaction: Transaction<'_>,
    number: &PhoneNumber,
    rows: u64,
) -> Result<Changed, StoreError> {
    if rows > 0 {
        transaction.commit().await?;
        return Ok(Changed::Done);
    }
    let query = Query::new(sql::LINE_EXISTS).bind(number.as_str());
    let spared = transaction.fetch_optional(query).await?.is_some();
    transaction.roll_back().await?;
    Ok(if spared { Changed::LastAdmin } else { Changed::NoLine })
}

/// A row that has the columns of a line.
pub(crate) fn line(row: &Row) -> Result<Line, StoreError> {
    let hash: String = row.get("passcode_hash")?;
    let credential = match row.get("code_expires_at")? {
        _ if hash.is_empty() => Credential::Nothing,
        Some(expires_at) => Credential::OneTimeCode { hash, expires_at },
        None => Credential::Passcode { hash },
    };
    Ok(Line {
        phone_number: number(row)?,
        client_name: row.get("client_name")?,
        label: row.get("label")?,
        credential,
        admin: row.get::<i64>("admin")? == 1,
        limits: LineLimits {
            calls_at_once: limit(row, "calls_at_once")?,
            minutes_per_day: limit(row, "minutes_per_day")?,
        },
    })
}

fn limit(row: &Row, column: &str) -> Result<Option<u32>, StoreError> {
    let limit: Option<i64> = row.get(column)?;
    let unreadable = |_| StoreError::Unreadable(format!("the {column} of a line"));
    limit.map(u32::try_from).transpose().map_err(unreadable)
}

/// The column `phone_number`.
pub(crate) fn number(row: &Row) -> Result<PhoneNumber, StoreError> {
    let number: String = row.get("phone_number")?;
    PhoneNumber::from_e164(&number).map_err(|_| StoreError::Unreadable(number))
}

/// The columns `passcode_hash` and `code_expires_at`.
fn to_columns(credential: &Credential) -> (&str, Option<i64>) {
    match credential {
        Credential::Passcode { hash } => (hash, None),
        Credential::OneTimeCode { hash, expires_at } => (hash, Some(*expires_at)),
        Credential::Nothing => ("", None),
    }
}
