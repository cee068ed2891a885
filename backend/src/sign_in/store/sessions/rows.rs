use std::collections::HashMap;

use async_trait::async_trait;
use shared::PhoneNumber;

use super::{SessionStore, sql};
use crate::{
    events::{event::EndReason, store::sessions_ended},
    lines::store::rows::{line, number},
    sign_in::{
        browser_secret::SecretDigest,
        session::{LineSession, NewSession, Proof, Session},
    },
    store::{Query, Row, SqlStore, StoreError},
};

/// Browsers remembered for one line.
const MOST_DEVICES: i64 = 50;

#[async_trait]
impl SessionStore for SqlStore {
    async fn add_session(
        &self,
        session: &NewSession,
        proof: Proof<'_>,
        idle_s: u32,
    ) -> Result<bool, StoreError> {
        let (hash, email) = match proof {
            Proof::PasscodeHash(hash) => (Some(hash), None),
            Proof::Email(email) => (None, Some(email)),
        };
        let mut transaction = self.begin().await?;
        let query = Query::new(sql::FORGET_ENDED_SESSIONS)
            .bind(session.signed_in_at)
            .bind(idle_since(session.signed_in_at, idle_s));
        transaction.execute(query).await?;
        let query = Query::new(sql::ADD_SESSION)
            .bind(session.digest.0.as_slice())
            .bind(&session.id)
            .bind(session.line.as_str())
            .bind(&session.device)
            .bind(session.device_digest.0.as_slice())
            .bind(session.signed_in_at)
            .bind(session.expires_at)
            .bind(hash)
            .bind(email);
        let added = transaction.execute(query).await?;
        transaction.commit().await?;
        Ok(added > 0)
    }

    async fn session(
        &self,
        session: SecretDigest,
        now_s: i64,
        idle_s: u32,
    ) -> Result<Option<LineSession>, StoreError> {
        let together = self.together();
        let found = together.ask(session, self.readers(), |asked| read_all(self, asked)).await?;
        Ok(found.filter(|LineSession { session, .. }| {
            session.expires_at > now_s && session.last_seen_at > idle_since(now_s, idle_s)
        }))
    }

    async fn touch_session(&self, session: SecretDigest, now_s: i64) -> Result<(), StoreError> {
        let query = Query::new(sql::TOUCH_SESSION).bind(session.0.as_slice()).bind(now_s);
        self.execute(query).await?;
        Ok(())
    }

    async fn remove_session(&self, session: SecretDigest) -> Result<(), StoreError> {
        let mut transaction = self.begin().await?;
        let query = Query::new(sql::REMOVE_SESSION).bind(session.0.as_slice());
        let Some(removed) = transaction.fetch_optional(query).await? else {
            return transaction.roll_back().await;
        };
        let number: String = removed.get("phone_number")?;
        sessions_ended(&mut transaction, &number, EndReason::SignedOut).await?;
        transaction.commit().await
    }

    async fn sessions(
        &self,
        number: &PhoneNumber,
        now_s: i64,
        idle_s: u32,
    ) -> Result<Vec<Session>, StoreError> {
        let query = Query::new(sql::SESSIONS).bind(number.as_str()).bind(now_s);
        let query = query.bind(idle_since(now_s, idle_s));
        let rows = self.fetch_all(query).await?;
        rows.iter().map(to_session).collect()
    }

    async fn remove_session_of(&self, number: &PhoneNumber, id: &str) -> Result<bool, StoreError> {
        let mut transaction = self.begin().await?;
        let query = Query::new(sql::REMOVE_SESSION_OF).bind(number.as_str()).bind(id);
        let Some(removed) = transaction.fetch_optional(query).await? else {
            transaction.roll_back().await?;
            return Ok(false);
        };
        let device: Vec<u8> = removed.get("device_digest")?;
        let query = Query::new(sql::FORGET_DEVICE).bind(number.as_str()).bind(device);
        transaction.execute(query).await?;
        sessions_ended(&mut transaction, number.as_str(), EndReason::SignedOut).await?;
        transaction.commit().await?;
        Ok(true)
    }

    async fn remove_sessions(&self, number: &PhoneNumber) -> Result<u64, StoreError> {
        let mut transaction = self.begin().await?;
        let query = Query::new(sql::REMOVE_SESSIONS).bind(number.as_str());
        let removed = transaction.execute(query).await?;
        let query = Query::new(sql::FORGET_DEVICES).bind(number.as_str());
        transaction.execute(query).await?;
        if removed > 0 {
            sessions_ended(&mut transaction, number.as_str(), EndReason::SignedOut).await?;
        }
        transaction.commit().await?;
        Ok(removed)
    }

    async fn remember_device(
        &self,
        device: SecretDigest,
        number: &PhoneNumber,
        now_s: i64,
    ) -> Result<(), StoreError> {
        let mut transaction = self.begin().await?;
        let query =
            Query::new(sql::REMEMBER_DEVICE).bind(device.0.as_slice()).bind(number.as_str()).bind(now_s);
        transaction.execute(query).await?;
        let query = Query::new(sql::FORGET_MANY_DEVICES).bind(number.as_str()).bind(MOST_DEVICES);
        transaction.execute(query).await?;
        transaction.commit().await
    }

    async fn lines_of_device(&self, device: SecretDigest) -> Result<Vec<PhoneNumber>, StoreError> {
        let query = Query::new(sql::LINES_OF_DEVICE).bind(device.0.as_slice());
        self.fetch_all(query).await?.iter().map(number).collect()
    }
}

/// Whether they have ended or not, in the order in which they were asked for.
async fn read_all(
    store: &SqlStore,
    asked: Vec<SecretDigest>,
) -> Result<Vec<Option<LineSession>>, StoreError> {
    let digests = asked.iter().map(|SecretDigest(digest)| digest.as_slice());
    let query = Query::about(&sql::SOME_SESSIONS, asked.len()).bind_some(digests);
    let mut found = HashMap::new();
    for row in store.fetch_all(query).await? {
        let session = LineSession { line: line(&row)?, session: to_session(&row)? };
        found.insert(session.session.digest.0, session);
    }
    Ok(asked.iter().map(|SecretDigest(digest)| found.get(digest).cloned()).collect())
}

/// Sessions that were not used after this have ended.
fn idle_since(now_s: i64, idle_s: u32) -> i64 {
    now_s.saturating_sub(i64::from(idle_s))
}

fn to_session(row: &Row) -> Result<Session, StoreError> {
    let digest: Vec<u8> = row.get("digest")?;
    let digest = digest.try_into().map_err(|_| StoreError::Unreadable("a session's digest".to_owned()))?;
    Ok(Session {
        digest: SecretDigest(digest),
        id: row.get("id")?,
        device: row.get("device")?,
        signed_in_at: row.get("signed_in_at")?,
        last_seen_at: row.get("last_seen_at")?,
        expires_at: row.get("expires_at")?,
    })
}
