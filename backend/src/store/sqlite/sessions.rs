use async_trait::async_trait;
use shared::PhoneNumber;

use super::{SqliteStore, lines::line};
use crate::{
    domain::{Line, session_id::SessionDigest},
    store::{SessionStore, StoreError, sql},
};

#[async_trait]
impl SessionStore for SqliteStore {
    async fn add_session(
        &self,
        session: SessionDigest,
        number: &PhoneNumber,
        now_s: i64,
        expires_at: i64,
    ) -> Result<(), StoreError> {
        sqlx::query(sql::sessions::FORGET_ENDED_SESSIONS).bind(now_s).execute(&self.pool).await?;
        sqlx::query(sql::sessions::ADD_SESSION)
            .bind(session.0.as_slice())
            .bind(number.as_str())
            .bind(expires_at)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    async fn session(&self, session: SessionDigest, now_s: i64) -> Result<Option<Line>, StoreError> {
        let query = sqlx::query(sql::sessions::SESSION).bind(session.0.as_slice()).bind(now_s);
        let row = query.fetch_optional(&self.pool).await?;
        row.as_ref().map(line).transpose()
    }

    async fn remove_session(&self, session: SessionDigest) -> Result<(), StoreError> {
        sqlx::query(sql::sessions::REMOVE_SESSION).bind(session.0.as_slice()).execute(&self.pool).await?;
        Ok(())
    }
}
