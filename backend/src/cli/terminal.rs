//! The only file that writes to the terminal.

use std::io::{self, Write};

/// Writes lines to standard output; a closed pipe is nobody's fault.
pub(super) fn print(text: &str) {
    drop(writeln!(io::stdout(), "{text}"));
}

/// Writes lines to standard error.
pub(super) fn complain(text: &str) {
    drop(writeln!(io::stderr(), "{text}"));
}
