#[cfg(test)]
pub(crate) mod contract;
mod rows;
pub(crate) mod sql;

use async_trait::async_trait;
use shared::PhoneNumber;

use crate::{
    sign_in::{
        browser_secret::SecretDigest,
        session::{LineSession, NewSession, Proof, Session},
    },
    store::StoreError,
};

/// Who is signed in, and which browsers have been.
#[async_trait]
pub trait SessionStore: Send + Sync {
    /// Remembers a session, and forgets those that have ended by then. `false`, and there is none, when the proof is not
    /// (any more) what lets somebody sign in to the line: it may have changed since it was looked at.
    async fn add_session(
        &self,
        session: &NewSession,
        proof: Proof<'_>,
        idle_s: u32,
    ) -> Result<bool, StoreError>;
    /// `None` when the session is unknown, has ended, or was not used for `idle_s` seconds.
    async fn session(
        &self,
        session: SecretDigest,
        now_s: i64,
        idle_s: u32,
    ) -> Result<Option<LineSession>, StoreError>;
    /// Notes that the session is used.
    async fn touch_session(&self, session: SecretDigest, now_s: i64) -> Result<(), StoreError>;
    async fn remove_session(&self, session: SecretDigest) -> Result<(), StoreError>;
    /// The sessions of a line that have not ended, the last used first.
    async fn sessions(
        &self,
        number: &PhoneNumber,
        now_s: i64,
        idle_s: u32,
    ) -> Result<Vec<Session>, StoreError>;
    /// Ends the session with this id (not its secret) if it is the line's, and forgets the device; `false` when there is
    /// none.
    async fn remove_session_of(&self, number: &PhoneNumber, id: &str) -> Result<bool, StoreError>;
    /// Ends all sessions of the line and forgets its devices; tells how many sessions there were.
    async fn remove_sessions(&self, number: &PhoneNumber) -> Result<u64, StoreError>;

    /// Remembers that the line is signed in in the browser with this secret; of many, the last seen are kept.
    async fn remember_device(
        &self,
        device: SecretDigest,
        number: &PhoneNumber,
        now_s: i64,
    ) -> Result<(), StoreError>;
    /// The lines that have been signed in in the browser with this secret, and were not signed out from elsewhere.
    async fn lines_of_device(&self, device: SecretDigest) -> Result<Vec<PhoneNumber>, StoreError>;
}
