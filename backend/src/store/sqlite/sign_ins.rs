use async_trait::async_trait;

use super::SqliteStore;
use crate::{
    domain::sign_in_throttle::{LONGEST_WINDOW_S, MOST_ATTEMPTS_KEPT, Subject},
    store::{Attempt, SignInStore, StoreError, sql},
};

#[async_trait]
impl SignInStore for SqliteStore {
    async fn begin_attempt(&self, subjects: &[Subject], now_s: i64) -> Result<Attempt, StoreError> {
        let mut transaction = self.pool.begin().await?;
        // A write comes first, so that no other attempt is counted in between.
        sqlx::query(sql::sign_ins::FORGET_OLD_ATTEMPTS)
            .bind(now_s.saturating_sub(LONGEST_WINDOW_S))
            .bind(MOST_ATTEMPTS_KEPT)
            .execute(&mut *transaction)
            .await?;
        let (mut ids, mut last_of) = (Vec::new(), None);
        for subject in subjects {
            let query = sqlx::query_scalar(sql::sign_ins::ADD_ATTEMPT).bind(&subject.key).bind(now_s);
            ids.push(query.fetch_one(&mut *transaction).await?);
            for limit in subject.limits {
                let count: i64 = sqlx::query_scalar(sql::sign_ins::ATTEMPTS)
                    .bind(&subject.key)
                    .bind(now_s.saturating_sub(limit.window_s))
                    .fetch_one(&mut *transaction)
                    .await?;
                if count > i64::from(limit.most) {
                    transaction.rollback().await?;
                    return Ok(Attempt::TooMany);
                }
                if count == i64::from(limit.most) {
                    last_of = Some(subject.of);
                }
            }
        }
        transaction.commit().await?;
        Ok(Attempt::Counted { ids, last_of })
    }

    async fn forget_attempt(&self, ids: &[i64]) -> Result<(), StoreError> {
        for id in ids {
            sqlx::query(sql::sign_ins::FORGET_ATTEMPT).bind(id).execute(&self.pool).await?;
        }
        Ok(())
    }

    async fn forget_attempts_of(&self, key: &str) -> Result<(), StoreError> {
        sqlx::query(sql::sign_ins::FORGET_ATTEMPTS_OF).bind(key).execute(&self.pool).await?;
        Ok(())
    }
}
