use async_trait::async_trait;
use shared::PhoneNumber;

use super::StoreError;
use crate::domain::Line;

/// Lines.
#[async_trait]
pub trait LineStore: Send + Sync {
    /// Adds a line; [`StoreError::LineExists`] when its number has one.
    async fn add_line(&self, line: &Line) -> Result<(), StoreError>;
    /// All lines, by number.
    async fn lines(&self) -> Result<Vec<Line>, StoreError>;
    async fn line_by_number(&self, number: &PhoneNumber) -> Result<Option<Line>, StoreError>;
    async fn line_by_client(&self, client_name: &str) -> Result<Option<Line>, StoreError>;
    /// Removes the line, its sessions and its calls; `false` when there is none.
    async fn remove_line(&self, number: &PhoneNumber) -> Result<bool, StoreError>;
    /// Sets a new passcode and ends the line's sessions; `false` when there is no such line.
    async fn set_passcode(&self, number: &PhoneNumber, passcode_hash: &str) -> Result<bool, StoreError>;
}
