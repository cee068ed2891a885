use std::time::Duration;

use super::StoreError;

/// Longest wait for the store while somebody waits for an answer: Twilio gives up after 15 seconds, and people before that.
const PATIENCE: Duration = Duration::from_secs(2);

/// What the store says, or that it was too slow.
pub(crate) async fn within<T>(asked: impl Future<Output = Result<T, StoreError>>) -> Result<T, StoreError> {
    tokio::time::timeout(PATIENCE, asked).await.unwrap_or(Err(StoreError::Slow))
}
