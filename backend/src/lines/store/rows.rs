use async_trait::async_trait;
use shared::PhoneNumber;
use sqlx::{Row, sqlite::SqliteRow};

use super::{LineStore, sql};
use crate::{
    lines::{credential::Credential, line::Line},
    sign_in::{browser_secret::SecretDigest, store::sessions::sql as sessions},
    store::{
        StoreError,
        sqlite::{At, SqliteStore, Transaction},
    },
};

#[async_trait]
impl LineStore for SqliteStore {
    async fn add_line(&self, line: &Line) -> Result<(), StoreError> {
        let (hash, code_expires_at) = to_columns(&line.credential);
        let added = sqlx::query(sql::ADD_LINE)
            .bind(line.phone_number.as_str())
            .bind(&line.client_name)
            .bind(&line.label)
            .bind(hash)
            .bind(code_expires_at)
            .execute(&self.writing().await?)
            .await
            .at(self)?;
        if added.rows_affected() == 0 { Err(StoreError::LineExists) } else { Ok(()) }
    }

    async fn lines(&self) -> Result<Vec<Line>, StoreError> {
        let rows = sqlx::query(sql::LINES).fetch_all(&self.reading().await?).await.at(self)?;
        rows.iter().map(line).collect()
    }

    async fn line_by_number(&self, number: &PhoneNumber) -> Result<Option<Line>, StoreError> {
        let query = sqlx::query(sql::LINE_BY_NUMBER).bind(number.as_str());
        query.fetch_optional(&self.reading().await?).await.at(self)?.as_ref().map(line).transpose()
    }

    async fn line_by_client(&self, client_name: &str) -> Result<Option<Line>, StoreError> {
        let query = sqlx::query(sql::LINE_BY_CLIENT).bind(client_name);
        query.fetch_optional(&self.reading().await?).await.at(self)?.as_ref().map(line).transpose()
    }

    async fn remove_line(&self, number: &PhoneNumber) -> Result<bool, StoreError> {
        let query = sqlx::query(sql::REMOVE_LINE).bind(number.as_str());
        let removed = query.execute(&self.writing().await?).await.at(self)?;
        Ok(removed.rows_affected() > 0)
    }

    async fn set_credential(
        &self,
        number: &PhoneNumber,
        credential: &Credential,
    ) -> Result<bool, StoreError> {
        let (hash, code_expires_at) = to_columns(credential);
        let mut transaction = Transaction::begin(self).await?;
        let set = sqlx::query(sql::SET_CREDENTIAL)
            .bind(number.as_str())
            .bind(hash)
            .bind(code_expires_at)
            .execute(&mut *transaction)
            .await
            .at(self)?;
        for statement in [sessions::REMOVE_SESSIONS, sessions::FORGET_DEVICES] {
            let query = sqlx::query(statement).bind(number.as_str());
            query.execute(&mut *transaction).await.at(self)?;
        }
        transaction.commit().await?;
        Ok(set.rows_affected() > 0)
    }

    async fn replace_passcode(
        &self,
        number: &PhoneNumber,
        old_hash: &str,
        new_hash: &str,
        keep: Option<SecretDigest>,
    ) -> Result<bool, StoreError> {
        let mut transaction = Transaction::begin(self).await?;
        let replaced = sqlx::query(sql::REPLACE_PASSCODE)
            .bind(number.as_str())
            .bind(old_hash)
            .bind(new_hash)
            .execute(&mut *transaction)
            .await
            .at(self)?;
        if replaced.rows_affected() == 0 {
            transaction.roll_back().await?;
            return Ok(false);
        }
        // No session has the empty digest.
        let keep = keep.map(|keep| keep.0.to_vec()).unwrap_or_default();
        for statement in [sessions::REMOVE_OTHER_SESSIONS, sessions::FORGET_OTHER_DEVICES] {
            let query = sqlx::query(statement).bind(number.as_str()).bind(&keep);
            query.execute(&mut *transaction).await.at(self)?;
        }
        transaction.commit().await?;
        Ok(true)
    }

    async fn add_email(&self, number: &PhoneNumber, email: &str) -> Result<bool, StoreError> {
        let mut transaction = Transaction::begin(self).await?;
        let query = sqlx::query(sql::REMOVE_SESSIONS_OF_FORMER_LINE).bind(number.as_str());
        query.bind(email).execute(&mut *transaction).await.at(self)?;
        let query = sqlx::query(sql::ADD_EMAIL).bind(number.as_str()).bind(email);
        let added = query.execute(&mut *transaction).await.at(self)?.rows_affected() > 0;
        transaction.commit().await?;
        Ok(added)
    }

    async fn remove_email(&self, number: &PhoneNumber, email: &str) -> Result<bool, StoreError> {
        let mut transaction = Transaction::begin(self).await?;
        let query = sqlx::query(sql::REMOVE_EMAIL).bind(number.as_str()).bind(email);
        if query.execute(&mut *transaction).await.at(self)?.rows_affected() == 0 {
            transaction.roll_back().await?;
            return Ok(false);
        }
        let query = sqlx::query(sessions::REMOVE_SESSIONS).bind(number.as_str());
        query.execute(&mut *transaction).await.at(self)?;
        transaction.commit().await?;
        Ok(true)
    }

    async fn emails(&self) -> Result<Vec<(PhoneNumber, String)>, StoreError> {
        let rows = sqlx::query(sql::EMAILS).fetch_all(&self.reading().await?).await.at(self)?;
        rows.iter().map(|row| Ok((number(row)?, row.try_get("email")?))).collect()
    }

    async fn line_by_email(&self, email: &str) -> Result<Option<Line>, StoreError> {
        let query = sqlx::query(sql::LINE_BY_EMAIL).bind(email);
        query.fetch_optional(&self.reading().await?).await.at(self)?.as_ref().map(line).transpose()
    }
}

/// A row that has the columns of a line.
pub(crate) fn line(row: &SqliteRow) -> Result<Line, StoreError> {
    let hash: String = row.try_get("passcode_hash")?;
    let credential = match row.try_get("code_expires_at")? {
        _ if hash.is_empty() => Credential::Nothing,
        Some(expires_at) => Credential::OneTimeCode { hash, expires_at },
        None => Credential::Passcode { hash },
    };
    Ok(Line {
        phone_number: number(row)?,
        client_name: row.try_get("client_name")?,
        label: row.try_get("label")?,
        credential,
    })
}

/// The column `phone_number`.
pub(crate) fn number(row: &SqliteRow) -> Result<PhoneNumber, StoreError> {
    let number: String = row.try_get("phone_number")?;
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
