use std::{collections::HashMap, hash::Hash};

use async_trait::async_trait;
use shared::PhoneNumber;

use super::{LineStore, sql};
use crate::{
    lines::{credential::Credential, line::Line},
    sign_in::{browser_secret::SecretDigest, store::sessions::sql as sessions},
    store::{Query, Row, SqlStore, StoreError, for_many::ForMany},
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
            .bind(code_expires_at);
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
        transaction.commit().await?;
        Ok(removed > 0)
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
        transaction.commit().await?;
        Ok(true)
    }

    async fn add_email(&self, number: &PhoneNumber, email: &str) -> Result<bool, StoreError> {
        let mut transaction = self.begin().await?;
        let query = Query::new(sql::REMOVE_SESSIONS_OF_FORMER_LINE).bind(number.as_str());
        transaction.execute(query.bind(email)).await?;
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
    })
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
