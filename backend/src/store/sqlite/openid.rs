use async_trait::async_trait;
use sqlx::Row;

use super::SqliteStore;
use crate::{
    domain::browser_secret::SecretDigest,
    store::{OpenIdLogin, OpenIdStore, StoreError, sql},
};

/// Anybody can begin a sign-in; beyond so many the oldest are forgotten.
const MOST_LOGINS: i64 = 10_000;

#[async_trait]
impl OpenIdStore for SqliteStore {
    async fn add_login(&self, login: &OpenIdLogin, now_s: i64) -> Result<(), StoreError> {
        sqlx::query(sql::openid::FORGET_OLD_LOGINS).bind(now_s).bind(MOST_LOGINS).execute(&self.pool).await?;
        sqlx::query(sql::openid::ADD_LOGIN)
            .bind(login.digest.0.as_slice())
            .bind(&login.state)
            .bind(&login.nonce)
            .bind(&login.verifier)
            .bind(login.expires_at)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    async fn take_login(&self, digest: SecretDigest, now_s: i64) -> Result<Option<OpenIdLogin>, StoreError> {
        let query = sqlx::query(sql::openid::TAKE_LOGIN).bind(digest.0.as_slice()).bind(now_s);
        let Some(row) = query.fetch_optional(&self.pool).await? else { return Ok(None) };
        Ok(Some(OpenIdLogin {
            digest,
            state: row.try_get("state")?,
            nonce: row.try_get("nonce")?,
            verifier: row.try_get("verifier")?,
            expires_at: row.try_get("expires_at")?,
        }))
    }
}
