use anyhow::Result;
use backend::{
    audit::event::AuditEvent,
    config::PublicUrl,
    lines::{Line, line},
    store::Store,
};

use super::named::parse;
use crate::cli::{
    args::PasscodeArgs,
    audit::note,
    credential::{Chosen, choose},
    terminal::print,
};

/// A line to be added, as it was written.
pub(in crate::cli) struct NewLine<'a> {
    pub(in crate::cli) number: &'a str,
    pub(in crate::cli) label: String,
    pub(in crate::cli) admin: bool,
    pub(in crate::cli) passcode: &'a PasscodeArgs,
}

/// Adds a line; its user is invited to the `page`, where it is known.
pub(in crate::cli) async fn add(store: &dyn Store, new: NewLine<'_>, page: Option<&PublicUrl>) -> Result<()> {
    let (number, admin) = (parse(new.number)?, new.admin);
    let label = line::label(&new.label)?;
    let Chosen { credential, words } = choose(new.passcode, &number, page)?;
    let line = Line { admin, ..Line::with_credential(number.clone(), label, credential)? };
    store.add_line(&line).await?;
    note(store, AuditEvent::LineAdded { line: number.clone(), admin }).await?;
    let what = if admin { ", an admin's line" } else { "" };
    print(&format!("Added {}{what}. {words}", number.international()));
    Ok(())
}
