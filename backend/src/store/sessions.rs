use async_trait::async_trait;
use shared::PhoneNumber;

use super::StoreError;
use crate::domain::{Line, session_id::SessionDigest};

/// Who is signed in.
#[async_trait]
pub trait SessionStore: Send + Sync {
    /// Remembers a session, and forgets those that have ended by `now_s`.
    async fn add_session(
        &self,
        session: SessionDigest,
        number: &PhoneNumber,
        now_s: i64,
        expires_at: i64,
    ) -> Result<(), StoreError>;
    /// The line that is signed in; `None` when the session is unknown or has ended.
    async fn session(&self, session: SessionDigest, now_s: i64) -> Result<Option<Line>, StoreError>;
    async fn remove_session(&self, session: SessionDigest) -> Result<(), StoreError>;
}
