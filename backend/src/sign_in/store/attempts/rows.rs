use async_trait::async_trait;
use sqlx::SqliteConnection;

use super::{Attempt, SignInStore, sql};
use crate::{
    sign_in::{
        failures::{Failures, TooMany},
        throttle::{Full, LONGEST_WINDOW_S, MOST_ADDRESSES, Subject},
    },
    store::{
        StoreError,
        sqlite::{At, SqliteStore, Transaction},
    },
};

#[async_trait]
impl SignInStore for SqliteStore {
    async fn begin_attempt(&self, subjects: &[Subject], now_s: i64) -> Result<Attempt, StoreError> {
        let mut transaction = Transaction::begin(self).await?;
        // A write comes first, so that no other attempt is counted in between.
        sqlx::query(sql::FORGET_OLD_FAILURES)
            .bind(now_s.saturating_sub(LONGEST_WINDOW_S))
            .execute(&mut *transaction)
            .await
            .at(self)?;
        let (mut counts, mut full, mut last_of) = (Vec::new(), Vec::new(), None);
        for subject in subjects {
            let mut failures = failures(&mut transaction, &subject.key).await.at(self)?;
            match failures.add(subject.limits, now_s) {
                Ok(true) => last_of = Some(subject.of),
                Ok(false) => {}
                Err(TooMany { wait_s }) => full.push(Full { of: subject.of, wait_s }),
            }
            counts.push((subject, failures));
        }
        if !full.is_empty() {
            transaction.roll_back().await?;
            return Ok(Attempt::TooMany(full));
        }
        for (subject, failures) in counts {
            sqlx::query(sql::SET_FAILURES)
                .bind(&subject.key)
                .bind(subject.of.word())
                .bind(failures.to_bytes())
                .bind(now_s)
                .execute(&mut *transaction)
                .await
                .at(self)?;
        }
        let query = sqlx::query(sql::FORGET_ADDRESSES).bind(MOST_ADDRESSES);
        query.execute(&mut *transaction).await.at(self)?;
        transaction.commit().await?;
        Ok(Attempt::Counted { last_of })
    }

    async fn forget_attempt(&self, subjects: &[Subject], at: i64) -> Result<(), StoreError> {
        let mut transaction = Transaction::begin(self).await?;
        sqlx::query(sql::FORGET_OLD_FAILURES)
            .bind(at.saturating_sub(LONGEST_WINDOW_S))
            .execute(&mut *transaction)
            .await
            .at(self)?;
        for subject in subjects {
            let mut failures = failures(&mut transaction, &subject.key).await.at(self)?;
            failures.take_back(at);
            sqlx::query(sql::CHANGE_FAILURES)
                .bind(failures.to_bytes())
                .bind(&subject.key)
                .execute(&mut *transaction)
                .await
                .at(self)?;
        }
        transaction.commit().await
    }

    async fn forget_attempts_of(&self, key: &str) -> Result<(), StoreError> {
        let query = sqlx::query(sql::FORGET_FAILURES).bind(key);
        query.execute(&self.writing().await?).await.at(self)?;
        Ok(())
    }
}

async fn failures(connection: &mut SqliteConnection, key: &str) -> Result<Failures, sqlx::Error> {
    let query = sqlx::query_scalar::<_, Vec<u8>>(sql::FAILURES).bind(key);
    let times = query.fetch_optional(connection).await?;
    Ok(times.map(|times| Failures::from_bytes(&times)).unwrap_or_default())
}
