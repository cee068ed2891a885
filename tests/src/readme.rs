//! Figures in the README, each block between marks that name the command which writes it.

use anyhow::{Context, Result};

const README: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../README.md");

/// Puts what `make <command>` has measured, in Markdown, in the place of what it had measured before.
///
/// # Errors
/// The README has no such place, or cannot be written.
pub fn write(command: &str, figures: &str) -> Result<()> {
    let (start, end) = (format!("<!-- make {command} -->"), format!("<!-- end of make {command} -->"));
    let old = std::fs::read_to_string(README)?;
    let (before, rest) = old.split_once(&start).with_context(|| format!("the README has no {start}"))?;
    let (_, after) = rest.split_once(&end).with_context(|| format!("the README has no {end}"))?;
    Ok(std::fs::write(README, format!("{before}{start}\n{figures}\n{end}{after}"))?)
}
