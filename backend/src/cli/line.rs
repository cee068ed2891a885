use std::collections::HashMap;

use anyhow::{Context, Result, bail};
use backend::{
    audit::event::{AuditEvent, ChangedBy},
    config,
    lines::{Credential, Line, email},
    sign_in::throttle,
    store::Store,
};
use shared::PhoneNumber;

use super::{
    args::{ConfigArgs, EmailCommand, LineCommand, PasscodeArgs},
    audit::note,
    credential::{Chosen, choose},
    database, image,
    terminal::print,
};

/// Lines in the database of the configuration. Works while the server runs.
pub(super) async fn line(config: ConfigArgs, command: LineCommand) -> Result<()> {
    let database = config::load_database(config.file())?;
    image::check(database.file().as_slice())?;
    match command {
        LineCommand::Add { number, label, passcode } => {
            add(&*database::open(&database).await?, &number, label, &passcode).await
        }
        LineCommand::List => match database::look_at(&database).await? {
            Some(store) => list(&*store).await,
            None => {
                print(&format!("There are no lines yet: {}.", database::missing(&database)));
                Ok(())
            }
        },
        LineCommand::Email { number, command } => {
            change_emails(&*database::open_made(&database).await?, &number, command).await
        }
        LineCommand::Remove { number } => remove(&*database::open_made(&database).await?, &number).await,
        LineCommand::Passcode { number, passcode } => {
            change(&*database::open_made(&database).await?, &number, &passcode).await
        }
    }
}

pub(super) async fn add(
    store: &dyn Store,
    number: &str,
    label: String,
    passcode: &PasscodeArgs,
) -> Result<()> {
    let number = parse(number)?;
    let Chosen { credential, words } = choose(passcode, &number)?;
    store.add_line(&Line::with_credential(number.clone(), label, credential)?).await?;
    note(store, AuditEvent::LineAdded { line: number.clone() }).await?;
    print(&format!("Added {}. {words}", number.international()));
    Ok(())
}

async fn remove(store: &dyn Store, number: &str) -> Result<()> {
    let number = parse(number)?;
    if !store.remove_line(&number).await? {
        bail!(no_line(&number));
    }
    note(store, AuditEvent::LineRemoved { line: number.clone() }).await?;
    print(&format!("Removed {}.", number.international()));
    Ok(())
}

async fn change(store: &dyn Store, number: &str, passcode: &PasscodeArgs) -> Result<()> {
    let number = parse(number)?;
    let Chosen { credential, words } = choose(passcode, &number)?;
    if !store.set_credential(&number, &credential).await? {
        bail!(no_line(&number));
    }
    // Whatever strangers have tried, the new code or passcode can be used at once.
    store.forget_attempts_of(&throttle::number_key(&number)).await?;
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

async fn change_emails(store: &dyn Store, number: &str, command: EmailCommand) -> Result<()> {
    let number = parse(number)?;
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

async fn list(store: &dyn Store) -> Result<()> {
    let lines = store.lines().await?;
    if lines.is_empty() {
        print("There are no lines yet. Add one: sidetone line add \"+81 50-3123-4567\"");
    }
    let mut emails: HashMap<PhoneNumber, Vec<String>> = HashMap::new();
    for (number, email) in store.emails().await? {
        emails.entry(number).or_default().push(email);
    }
    for line in lines {
        let emails = emails.remove(&line.phone_number).unwrap_or_default().join(", ");
        let credential = match line.credential {
            Credential::Passcode { .. } => "",
            Credential::OneTimeCode { .. } => "(one-time code)",
            Credential::Nothing => "(no passcode)",
        };
        let parts = [line.phone_number.international(), line.label, credential.to_owned(), emails];
        print(&parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("  "));
    }
    Ok(())
}

fn parse(number: &str) -> Result<PhoneNumber> {
    PhoneNumber::parse(number, None).with_context(|| format!("“{number}” is no phone number"))
}

fn address_of(text: &str) -> Result<String> {
    email::normalise(text)
        .with_context(|| format!("“{text}” is no e-mail address; write one such as ann@example.com"))
}

fn no_line(number: &PhoneNumber) -> String {
    format!("there is no line with the number {}", number.international())
}
