use anyhow::{Result, bail};
use backend::{
    audit::event::{AuditEvent, ChangedBy},
    config::PublicUrl,
    lines::{Changed, Credential, line},
    sign_in::throttle,
    store::Store,
};
use shared::PhoneNumber;

use super::named::no_line;
use crate::cli::{
    args::{PasscodeArgs, Turn},
    audit::note,
    credential::{Chosen, choose},
    terminal::print,
};

pub(super) async fn rename(store: &dyn Store, number: &PhoneNumber, label: String) -> Result<()> {
    let label = line::label(&label)?;
    if !store.rename_line(number, &label).await? {
        bail!(no_line(number));
    }
    note(store, AuditEvent::LineRenamed { line: number.clone(), label: label.clone() }).await?;
    print(&format!("{} is called “{label}”.", number.international()));
    Ok(())
}

/// Whoever runs the server may leave it without an admin: this command makes the next one.
pub(super) async fn set_admin(store: &dyn Store, number: &PhoneNumber, to: Turn) -> Result<()> {
    let admin = to == Turn::On;
    if store.set_admin(number, admin, true).await? != Changed::Done {
        bail!(no_line(number));
    }
    note(store, AuditEvent::AdminChanged { line: number.clone(), admin }).await?;
    let what = if admin { "is an admin's line" } else { "is no admin's line" };
    let none = !store.lines().await?.iter().any(|line| line.admin);
    let rest =
        if none { " There is no admin now; make one by `sidetone line admin <number> on`." } else { "" };
    print(&format!("{} {what}.{rest}", number.international()));
    Ok(())
}

/// Lets the user try to sign in again, whatever was tried before.
pub(super) async fn unlock(store: &dyn Store, number: &PhoneNumber) -> Result<()> {
    if store.line_by_number(number).await?.is_none() {
        bail!(no_line(number));
    }
    store.forget_attempts_of(&throttle::number_key(number)).await?;
    note(store, AuditEvent::LockLifted { line: number.clone() }).await?;
    print(&format!("Failed sign-ins of {} do not count any more.", number.international()));
    Ok(())
}

pub(super) async fn remove(store: &dyn Store, number: &PhoneNumber) -> Result<()> {
    if !store.remove_line(number).await? {
        bail!(no_line(number));
    }
    note(store, AuditEvent::LineRemoved { line: number.clone() }).await?;
    print(&format!("Removed {}.", number.international()));
    Ok(())
}

pub(super) async fn set_credential(
    store: &dyn Store,
    number: &PhoneNumber,
    passcode: &PasscodeArgs,
    page: Option<&PublicUrl>,
) -> Result<()> {
    let Chosen { credential, words } = choose(passcode, number, page)?;
    if !store.set_credential(number, &credential).await? {
        bail!(no_line(number));
    }
    // Whatever strangers have tried, the new code or passcode can be used at once.
    store.forget_attempts_of(&throttle::number_key(number)).await?;
    let line = number.clone();
    note(
        store,
        match credential {
            Credential::OneTimeCode { .. } => AuditEvent::CodeMade { line },
            _ => AuditEvent::PasscodeChanged { line, by: ChangedBy::Operator },
        },
    )
    .await?;
    print(&format!("{} must sign in again everywhere. {words}", number.international()));
    Ok(())
}
