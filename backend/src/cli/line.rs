use std::io::{self, BufRead};

use anyhow::{Context, Result, bail};
use backend::{
    config,
    domain::{
        Line,
        audit::{AuditEvent, ChangedBy},
        passcode,
    },
    store::{self, Store},
};
use secrecy::{ExposeSecret, SecretString};
use shared::PhoneNumber;

use super::{
    args::{ConfigArgs, LineCommand, PasscodeArgs},
    audit::note,
    terminal::print,
};

/// Lines in the database of the configuration. Works while the server runs.
pub(super) async fn line(config: ConfigArgs, command: LineCommand) -> Result<()> {
    let database = config::load_database(config.config.as_deref())?;
    let store = store::open(&database).await.context("the database cannot be opened")?;
    match command {
        LineCommand::Add { number, label, passcode } => add(&*store, &number, label, &passcode).await,
        LineCommand::List => list(&*store).await,
        LineCommand::Remove { number } => {
            let number = parse(&number)?;
            if !store.remove_line(&number).await? {
                bail!("there is no line with the number {}", number.international());
            }
            note(&*store, AuditEvent::LineRemoved { line: number.clone() }).await?;
            print(&format!("Removed {}.", number.international()));
            Ok(())
        }
        LineCommand::Passcode { number, passcode } => change(&*store, &number, &passcode).await,
    }
}

pub(super) async fn add(
    store: &dyn Store,
    number: &str,
    label: String,
    passcode: &PasscodeArgs,
) -> Result<()> {
    let number = parse(number)?;
    let passcode = choose(passcode)?;
    let line = Line::new(number.clone(), label, passcode::hash(&passcode.secret)?)?;
    store.add_line(&line).await?;
    note(store, AuditEvent::LineAdded { line: number.clone() }).await?;
    print(&format!("Added {}.", number.international()));
    passcode.tell();
    Ok(())
}

async fn change(store: &dyn Store, number: &str, passcode: &PasscodeArgs) -> Result<()> {
    let number = parse(number)?;
    let passcode = choose(passcode)?;
    if !store.set_passcode(&number, &passcode::hash(&passcode.secret)?).await? {
        bail!("there is no line with the number {}", number.international());
    }
    note(store, AuditEvent::PasscodeChanged { line: number.clone(), by: ChangedBy::Operator }).await?;
    print(&format!("Changed the passcode of {}; its sessions have ended.", number.international()));
    passcode.tell();
    Ok(())
}

async fn list(store: &dyn Store) -> Result<()> {
    let lines = store.lines().await?;
    if lines.is_empty() {
        print("There are no lines yet. Add one: sidetone line add \"+81 50 3123 4567\"");
    }
    for line in lines {
        print(format!("{}  {}", line.phone_number.international(), line.label).trim_end());
    }
    Ok(())
}

fn parse(number: &str) -> Result<PhoneNumber> {
    PhoneNumber::parse(number, None).with_context(|| format!("“{number}” is no phone number"))
}

/// A passcode, and whether its owner knows it.
struct Chosen {
    secret: SecretString,
    made_here: bool,
}

impl Chosen {
    fn tell(&self) {
        if self.made_here {
            print(&format!("Passcode: {} (it is not shown again)", self.secret.expose_secret()));
        }
    }
}

fn choose(args: &PasscodeArgs) -> Result<Chosen> {
    let given = if args.passcode_stdin {
        let mut line = String::new();
        io::stdin().lock().read_line(&mut line).context("no passcode could be read from standard input")?;
        Some(SecretString::from(line.trim_end_matches(['\r', '\n']).to_owned()))
    } else {
        std::env::var("SIDETONE_PASSCODE").ok().map(SecretString::from)
    };
    match given {
        Some(secret) => {
            passcode::check_chosen(&secret)?;
            Ok(Chosen { secret, made_here: false })
        }
        None => Ok(Chosen { secret: passcode::generate()?, made_here: true }),
    }
}
