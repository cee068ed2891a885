use async_trait::async_trait;

use super::StoreError;

/// Failed attempts to sign in.
#[async_trait]
pub trait SignInStore: Send + Sync {
    /// Notes that somebody failed to sign in as `subject`, and forgets notes from before `since`.
    async fn add_failed_sign_in(&self, subject: &str, now_s: i64, since: i64) -> Result<(), StoreError>;
    /// How often that happened since.
    async fn failed_sign_ins(&self, subject: &str, since: i64) -> Result<u32, StoreError>;
    async fn forget_failed_sign_ins(&self, subject: &str) -> Result<(), StoreError>;
}
