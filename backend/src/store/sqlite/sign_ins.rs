use async_trait::async_trait;

use super::SqliteStore;
use crate::store::{SignInStore, StoreError, sql};

#[async_trait]
impl SignInStore for SqliteStore {
    async fn add_failed_sign_in(&self, subject: &str, now_s: i64, since: i64) -> Result<(), StoreError> {
        sqlx::query(sql::sign_ins::FORGET_OLD_FAILED_SIGN_INS).bind(since).execute(&self.pool).await?;
        sqlx::query(sql::sign_ins::ADD_FAILED_SIGN_IN).bind(subject).bind(now_s).execute(&self.pool).await?;
        Ok(())
    }

    async fn failed_sign_ins(&self, subject: &str, since: i64) -> Result<u32, StoreError> {
        let query = sqlx::query_scalar(sql::sign_ins::FAILED_SIGN_INS).bind(subject).bind(since);
        let count: i64 = query.fetch_one(&self.pool).await?;
        Ok(u32::try_from(count).unwrap_or(u32::MAX))
    }

    async fn forget_failed_sign_ins(&self, subject: &str) -> Result<(), StoreError> {
        sqlx::query(sql::sign_ins::FORGET_FAILED_SIGN_INS).bind(subject).execute(&self.pool).await?;
        Ok(())
    }
}
