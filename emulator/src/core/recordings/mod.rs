//! What was recorded: the account's books of it, and the file that others get.

mod book;
mod file;

pub use book::{Recording, RecordingStatus, Recordings};
pub use file::wav;
