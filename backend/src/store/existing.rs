use std::sync::Arc;

use super::Store;

/// What is at the place of a database.
pub enum Existing {
    Missing,
    /// Of an earlier version; the next start of the server brings it to this one.
    Older,
    /// Of a later version, which this one cannot read.
    Newer,
    /// Of this version.
    Open(Arc<dyn Store>),
}
