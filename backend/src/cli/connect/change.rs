use std::path::Path;

use anyhow::{Context, Result, anyhow};
use backend::{
    audit::event::AuditEvent,
    config::{self, Database, Partial, PublicUrl},
    connect::{
        apply::Applier,
        config_file::ConfigFile,
        found::Found,
        memory::Memory,
        plan::{NoPlan, Plan, Wanted, plan},
        words,
    },
    store::{self, Existing, Store, StoreError},
    twilio::rest::{Account, Rest},
};
use secrecy::ExposeSecret;
use shared::PhoneNumber;

use super::{
    account::{hosts, sign_in},
    answers::{self, Credentials},
    numbers,
};
use crate::cli::{
    args::{ConnectArgs, PasscodeArgs},
    audit, database,
    line::{self, NewLine},
    terminal::{complain, print},
};

/// Everything that is to be done.
struct Work {
    plan: Plan,
    file: ConfigFile,
    /// Numbers that are no lines yet, as far as the database can be read as it is.
    lines: Vec<PhoneNumber>,
    /// The database is there, and of another version.
    migrates: bool,
}

/// Makes the account and this machine what they shall be.
pub(super) async fn change(args: &ConnectArgs, memory_path: &Path, memory: Memory) -> Result<()> {
    let known = config::load_partial(&args.config)?;
    let mut file = ConfigFile::open(&args.config)?;
    let former_url = file.get("public_url").and_then(|url| PublicUrl::parse(url).ok());
    let public_url = answers::public_url(args.public_url.as_deref(), known.public_url.as_deref())?;
    let credentials = answers::credentials(&known)?;
    let (rest, account) = sign_in(&credentials, hosts(&args.twilio)?, &memory).await?;
    let found = Found::read(&rest).await?;
    let chosen = numbers::choose(args, &found, &memory)?;
    let wanted = Wanted {
        public_url: public_url.clone(),
        former_url,
        numbers: chosen.clone(),
        key: working_key(&rest, &known).await?,
        application: known.application_sid.clone(),
        force: args.force,
    };
    let plan = plan(&found, &wanted, &memory).map_err(|reason| no_plan(&reason, &found))?;
    fill_in(&mut file, &public_url, &credentials, &known, &wanted)?;
    if let Some(sid) = &plan.application {
        file.set("twilio.application_sid", sid)?;
    }
    let chosen: Vec<_> = chosen.iter().filter_map(|number| PhoneNumber::from_e164(number).ok()).collect();
    let (lines, migrates) = missing_lines(&known.database, chosen).await?;
    let work = Work { plan, file, lines, migrates };
    show(&work, &account, args);
    if work.is_empty() {
        print("Nothing is to be done: everything is as it shall be.");
        return Ok(());
    }
    if args.dry_run || !answers::agreed(args.yes)? {
        print("Nothing was changed.");
        return Ok(());
    }
    do_it(work, &rest, &found, memory, memory_path, &known, &credentials).await?;
    if public_url.to_string().starts_with("http://") && args.twilio.twilio_api.is_none() {
        complain(
            "Twilio cannot reach this machine at localhost; connect again with an https:// address for real calls.",
        );
    }
    let config = args.config.display();
    print(&format!(
        "\nDone. Next: sidetone serve --config {config}\nIs all well? sidetone doctor --config {config}"
    ));
    Ok(())
}

impl Work {
    fn is_empty(&self) -> bool {
        self.plan.is_empty() && !self.file.differs() && self.lines.is_empty() && !self.migrates
    }
}

fn no_plan(reason: &NoPlan, found: &Found) -> anyhow::Error {
    let numbers: Vec<_> = found.numbers.iter().map(|number| number.name.clone()).collect();
    anyhow!(words::no_plan(reason, &numbers))
}

/// The configuration's API key, if Twilio takes it.
async fn working_key(rest: &Rest, known: &Partial) -> Result<Option<String>> {
    let (Some(sid), Some(secret)) = (&known.api_key_sid, &known.api_key_secret) else { return Ok(None) };
    let works = rest.with_key(sid, secret.clone()).signs_in().await?;
    if !works {
        complain(&format!("Twilio does not take the API key {sid} of the configuration (any more)."));
    }
    Ok(works.then(|| sid.clone()))
}

/// What the configuration file must say, as far as it is known before anything is made.
fn fill_in(
    file: &mut ConfigFile,
    public_url: &PublicUrl,
    credentials: &Credentials,
    known: &Partial,
    wanted: &Wanted,
) -> Result<()> {
    // As it was written, if it means the same.
    let same = file
        .get("public_url")
        .and_then(|url| PublicUrl::parse(url).ok())
        .is_some_and(|url| url == *public_url);
    if !same {
        file.set("public_url", &public_url.to_string())?;
    }
    file.set("twilio.account_sid", &credentials.account_sid)?;
    file.set("twilio.auth_token", credentials.auth_token.expose_secret())?;
    if let (Some(sid), Some(secret)) = (&wanted.key, &known.api_key_secret) {
        file.set("twilio.api_key_sid", sid)?;
        file.set("twilio.api_key_secret", secret.expose_secret())?;
    }
    Ok(())
}

/// The numbers that are no lines yet, and whether the database must be brought to this version. Nothing is changed: this
/// may be a dry run. In a database of another version any number may be a line; which, is seen when it is brought here.
async fn missing_lines(database: &Database, numbers: Vec<PhoneNumber>) -> Result<(Vec<PhoneNumber>, bool)> {
    match store::open_existing(database).await.context("the database cannot be read")? {
        Existing::Open(store) => Ok((without_lines(&*store, numbers).await?, false)),
        Existing::Missing => Ok((numbers, false)),
        Existing::Older => Ok((numbers, true)),
        Existing::Newer => Err(StoreError::Newer(database::place(database)).into()),
    }
}

async fn without_lines(store: &dyn Store, numbers: Vec<PhoneNumber>) -> Result<Vec<PhoneNumber>> {
    let there = store.lines().await?;
    Ok(numbers.into_iter().filter(|number| !there.iter().any(|line| line.phone_number == *number)).collect())
}

fn show(work: &Work, account: &Account, args: &ConnectArgs) {
    let trial = if account.is_trial() { ", a trial account: it calls verified numbers only" } else { "" };
    print(&format!("Account {} ({}{trial})", account.friendly_name, account.sid));
    if work.is_empty() {
        return;
    }
    print("To be done:");
    for step in words::plan(&work.plan) {
        print(&format!("  {step}"));
    }
    let keys_to_come = work.plan.create_key.is_some() || work.plan.create_application.is_some();
    if work.file.differs() || keys_to_come {
        let verb = if work.file.is_new() { "write" } else { "update" };
        print(&format!("  {verb} {} (readable for you alone)", args.config.display()));
    }
    if work.migrates {
        print("  update the database");
    }
    let unless = if work.migrates { ", unless it is one" } else { "" };
    for number in &work.lines {
        print(&format!("  add the line {}{unless}", number.international()));
    }
}

async fn do_it(
    work: Work,
    rest: &Rest,
    found: &Found,
    memory: Memory,
    memory_path: &Path,
    known: &Partial,
    credentials: &Credentials,
) -> Result<()> {
    let Work { plan, mut file, lines, .. } = work;
    // All that can fail on this machine fails before the account is touched.
    file.check_writable()?;
    let store = database::open(&known.database).await?;
    let lines = without_lines(&*store, lines).await?;
    let memory = Memory { account_sid: credentials.account_sid.to_string(), ..memory };
    memory.save(memory_path)?;
    let mut tell = |step: &str| print(step);
    let mut applier = Applier { rest, found, memory, path: memory_path, tell: &mut tell };
    if let Some(key) = applier.make_key(&plan).await? {
        // Written at once: if a later step fails, the next run goes on with this key instead of making another.
        file.set("twilio.api_key_sid", &key.sid)?;
        file.set("twilio.api_key_secret", key.secret.expose_secret())?;
        file.write()?;
        (applier.tell)("Wrote the API key into the configuration.");
    }
    let application_sid = applier.make_application(&plan).await?;
    file.set("twilio.application_sid", &application_sid)?;
    if file.differs() {
        file.write()?;
        (applier.tell)("Wrote the configuration.");
    }
    // The lines are there before the calls come.
    let page = file.get("public_url").and_then(|url| PublicUrl::parse(url).ok());
    for number in &lines {
        let new = NewLine {
            number: number.as_str(),
            label: String::new(),
            admin: false,
            passcode: &PasscodeArgs::default(),
        };
        line::add(&*store, new, page.as_ref()).await?;
    }
    applier.change(&plan.updates).await?;
    for step in words::summary(&plan) {
        audit::note(&*store, AuditEvent::ConfigurationChanged { line: None, what: step }).await?;
    }
    Ok(())
}
