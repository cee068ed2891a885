use super::mark::Mark;

/// What was moved.
#[derive(Debug)]
pub struct Moved {
    pub mark: Mark,
    /// How many rows of each table.
    pub rows: Vec<(String, u64)>,
    /// In so many texts U+0000 was left out, which PostgreSQL has no place for.
    pub without_nul: u64,
}
