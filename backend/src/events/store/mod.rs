mod append;
#[cfg(test)]
pub(crate) mod contract;
mod rows;
mod sql;

use std::collections::BTreeSet;

use async_trait::async_trait;
use shared::PhoneNumber;

use super::event::Since;
use crate::store::{Listener, StoreError};

pub(crate) use append::{contacts_changed, missed_call, sessions_ended};

/// What has happened to lines. What adds to it is part of what happens.
#[async_trait]
pub trait EventStore: Send + Sync {
    /// The line's events after that one.
    async fn events(&self, number: &PhoneNumber, after: i64) -> Result<Since, StoreError>;
    /// The number of the last event of all lines; 0 before the first.
    async fn last_event(&self) -> Result<i64, StoreError>;
    /// To whom something has happened after that one.
    async fn lines_with_events(&self, after: i64) -> Result<BTreeSet<PhoneNumber>, StoreError>;
    /// Tells when it is worth looking.
    fn listen(&self) -> Box<dyn Listener>;
}
