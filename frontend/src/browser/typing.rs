//! When the last key was pressed, whatever it was.

use std::cell::Cell;

use super::clock;

thread_local! {
    static LAST_MS: Cell<Option<u64>> = const { Cell::new(None) };
}

/// A key has been pressed.
pub(crate) fn note_key() {
    LAST_MS.set(Some(clock::now_ms()));
}

/// Milliseconds since the last key; `None` before the first.
pub(crate) fn since_key_ms() -> Option<u64> {
    LAST_MS.get().map(|last| clock::now_ms().saturating_sub(last))
}
