use anyhow::{Context, Result, bail};
use backend::{audit::event::AuditEvent, lines::email, store::Store};
use shared::PhoneNumber;

use super::named::no_line;
use crate::cli::{args::EmailCommand, audit::note, terminal::print};

pub(super) async fn change(store: &dyn Store, number: PhoneNumber, command: EmailCommand) -> Result<()> {
    let (address, what) = match command {
        EmailCommand::Add { address } => {
            let address = address_of(&address)?;
            if !store.add_email(&number, &address).await? {
                bail!(no_line(&number));
            }
            (address, "may sign in to")
        }
        EmailCommand::Remove { address } => {
            let address = address_of(&address)?;
            if !store.remove_email(&number, &address).await? {
                bail!("{address} could not sign in to {} before", number.international());
            }
            (address, "may no longer sign in to")
        }
    };
    let words = format!("{address} {what} {}", number.international());
    note(store, AuditEvent::ConfigurationChanged { line: Some(number), what: words.clone() }).await?;
    print(&format!("{words}."));
    Ok(())
}

fn address_of(text: &str) -> Result<String> {
    email::normalise(text)
        .with_context(|| format!("“{text}” is no e-mail address; write one such as ann@example.com"))
}
