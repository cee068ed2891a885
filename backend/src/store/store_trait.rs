use async_trait::async_trait;

use super::{AuditStore, CallStore, DialStore, LineStore, SessionStore, SignInStore, StoreError};

/// All state of the server, theme by theme. Times are seconds since the Unix epoch and always arguments.
#[async_trait]
pub trait Store:
    LineStore + SessionStore + SignInStore + CallStore + DialStore + AuditStore + 'static
{
    /// Does the store answer?
    async fn ping(&self) -> Result<(), StoreError>;
    /// Does it take what it is given? Writes something that says nothing.
    async fn try_writing(&self) -> Result<(), StoreError>;
}
