#[cfg(test)]
pub(crate) mod contract;
mod rows;
mod sql;

use async_trait::async_trait;

use crate::{
    sign_in::throttle::{CountedFor, Full, Subject},
    store::StoreError,
};

/// What became of the wish to try to sign in.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Attempt {
    /// It is counted, as if it had failed already: many at once cannot pass the limit together.
    Counted {
        /// What it was the last one of that will be borne.
        last_of: Option<CountedFor>,
    },
    /// There were too many for these; this one is not counted.
    TooMany(Vec<Full>),
}

/// Failed attempts to sign in.
#[async_trait]
pub trait SignInStore: Send + Sync {
    /// Counts an attempt for all of these subjects, or, when one has reached a limit, for none. Forgets failures that
    /// count for nothing any more.
    async fn begin_attempt(&self, subjects: &[Subject], now_s: i64) -> Result<Attempt, StoreError>;
    /// Takes back what was counted `at` that time for these subjects: it was no failure.
    async fn forget_attempt(&self, subjects: &[Subject], at: i64) -> Result<(), StoreError>;
    /// For each of these subjects, seconds until an attempt is borne; 0 when it is now.
    async fn waits(&self, subjects: &[Subject], now_s: i64) -> Result<Vec<u32>, StoreError>;
    /// Forgets all failures of a subject.
    async fn forget_attempts_of(&self, key: &str) -> Result<(), StoreError>;
}
