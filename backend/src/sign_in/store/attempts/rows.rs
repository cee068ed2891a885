use async_trait::async_trait;

use super::{Attempt, SignInStore, sql};
use crate::{
    failures::{Failures, TooMany},
    sign_in::throttle::{Full, LONGEST_WINDOW_S, MOST_ADDRESSES, Subject},
    store::{Query, Row, SqlStore, StoreError, Transaction},
};

#[async_trait]
impl SignInStore for SqlStore {
    async fn begin_attempt(&self, subjects: &[Subject], now_s: i64) -> Result<Attempt, StoreError> {
        let mut transaction = self.begin().await?;
        // A write comes first, so that no other attempt is counted in between.
        let query = Query::new(sql::FORGET_OLD_FAILURES).bind(now_s.saturating_sub(LONGEST_WINDOW_S));
        transaction.execute(query).await?;
        let (mut counts, mut full, mut last_of) = (Vec::new(), Vec::new(), None);
        for subject in subjects {
            let mut failures = failures(&mut transaction, &subject.key).await?;
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
            let query = Query::new(sql::SET_FAILURES)
                .bind(&subject.key)
                .bind(subject.of.word())
                .bind(failures.to_bytes())
                .bind(now_s);
            transaction.execute(query).await?;
        }
        let query = Query::new(sql::FORGET_ADDRESSES).bind(MOST_ADDRESSES);
        transaction.execute(query).await?;
        transaction.commit().await?;
        Ok(Attempt::Counted { last_of })
    }

    async fn forget_attempt(&self, subjects: &[Subject], at: i64) -> Result<(), StoreError> {
        let mut transaction = self.begin().await?;
        let query = Query::new(sql::FORGET_OLD_FAILURES).bind(at.saturating_sub(LONGEST_WINDOW_S));
        transaction.execute(query).await?;
        for subject in subjects {
            let mut failures = failures(&mut transaction, &subject.key).await?;
            failures.take_back(at);
            let query = Query::new(sql::CHANGE_FAILURES).bind(failures.to_bytes()).bind(&subject.key);
            transaction.execute(query).await?;
        }
        transaction.commit().await
    }

    async fn waits(&self, subjects: &[Subject], now_s: i64) -> Result<Vec<u32>, StoreError> {
        let mut waits = Vec::new();
        for subject in subjects {
            let row = self.fetch_optional(Query::new(sql::FAILURES).bind(&subject.key)).await?;
            waits.push(counted(row.as_ref())?.wait_s(subject.limits, now_s));
        }
        Ok(waits)
    }

    async fn forget_attempts_of(&self, key: &str) -> Result<(), StoreError> {
        let query = Query::new(sql::FORGET_FAILURES).bind(key);
        self.execute(query).await?;
        Ok(())
    }
}

async fn failures(transaction: &mut Transaction<'_>, key: &str) -> Result<Failures, StoreError> {
    let row = transaction.fetch_optional(Query::new(sql::FAILURES).bind(key)).await?;
    counted(row.as_ref())
}

fn counted(row: Option<&Row>) -> Result<Failures, StoreError> {
    let times = row.map(|row| row.get::<Vec<u8>>("times")).transpose()?;
    Ok(times.map(|times| Failures::from_bytes(&times)).unwrap_or_default())
}
