use async_trait::async_trait;

use super::error::StoreError;
use crate::{
    audit::AuditStore,
    calls::CallStore,
    contacts::ContactStore,
    dialling::DialStore,
    events::EventStore,
    lines::LineStore,
    sign_in::{SessionStore, SignInStore},
};

/// All state of the server, theme by theme. Times are seconds since the Unix epoch and always arguments.
#[async_trait]
pub trait Store:
    LineStore
    + SessionStore
    + SignInStore
    + CallStore
    + ContactStore
    + DialStore
    + EventStore
    + AuditStore
    + 'static
{
    /// Does the store answer?
    async fn ping(&self) -> Result<(), StoreError>;
    /// Does it take what it is given? Writes something that says nothing.
    async fn try_writing(&self) -> Result<(), StoreError>;
}
