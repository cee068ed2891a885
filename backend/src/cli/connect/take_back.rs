use std::path::Path;

use anyhow::{Result, bail};
use backend::{
    audit::event::AuditEvent,
    config::{self, Database},
    connect::{
        apply::Applier, config_file::ConfigFile, found::Found, memory::Memory, resource::Kind, undo::undo,
        words,
    },
    store::{self, Existing},
};

use super::{
    account::{hosts, sign_in},
    answers,
};
use crate::cli::{
    args::ConnectArgs,
    audit, database,
    terminal::{complain, print},
};

/// Puts the account back as it was.
pub(super) async fn take_back(args: &ConnectArgs, memory_path: &Path, memory: Memory) -> Result<()> {
    if memory.is_empty() {
        print("Nothing is to be taken back: no change in an account is remembered.");
        return Ok(());
    }
    let known = config::load_partial(&args.config)?;
    let credentials = answers::credentials(&known)?;
    let (rest, account) = sign_in(&credentials, hosts(&args.twilio)?, &memory).await?;
    let found = Found::read(&rest).await?;
    let undo = undo(&found, &memory);
    print(&format!("Account {} ({})", account.friendly_name, account.sid));
    if !undo.is_empty() {
        print("To be taken back:");
    }
    for step in words::undo(&undo) {
        print(&format!("  {step}"));
    }
    for why in &undo.left_alone {
        print(&format!("  left alone: {why}"));
    }
    if args.dry_run || !answers::agreed(args.yes)? {
        print("Nothing was changed.");
        return Ok(());
    }
    let mut file = ConfigFile::open(&args.config)?;
    if !file.is_new() {
        file.check_writable()?;
    }
    memory.save(memory_path)?;
    let mut tell = |step: &str| print(step);
    let mut applier = Applier { rest: &rest, found: &found, memory, path: memory_path, tell: &mut tell };
    let failed = applier.take_back(&undo).await?;
    let kept: Vec<_> = applier.memory.made.iter().filter_map(|made| made.sid.clone()).collect();
    for deletion in undo.deletions.iter().filter(|deletion| !kept.contains(&deletion.sid)) {
        forget(&mut file, deletion.kind, &deletion.sid);
    }
    if !file.is_new() && file.differs() {
        file.write()?;
        print(&format!("Removed from {} what is no longer in the account.", args.config.display()));
    }
    note(&known.database).await?;
    if !failed.is_empty() {
        for error in &failed {
            complain(&format!("  {error}"));
        }
        bail!("{} of the steps failed; they stay remembered: run this again", failed.len());
    }
    print("Done. The lines, their calls and the rest of the configuration stay (sidetone line remove …).");
    Ok(())
}

/// In the audit log, if there is a database.
async fn note(database: &Database) -> Result<()> {
    if matches!(store::open_existing(database).await, Ok(Existing::Missing)) {
        return Ok(());
    }
    let what = "took back what connect had changed in the account".to_owned();
    audit::note(&*database::open(database).await?, AuditEvent::ConfigurationChanged { line: None, what })
        .await
}

/// The configuration must not name what is gone.
fn forget(file: &mut ConfigFile, kind: Kind, sid: &str) {
    match kind {
        Kind::Key if file.get("twilio.api_key_sid") == Some(sid) => {
            let secret = file.get("twilio.api_key_secret").unwrap_or_default().to_owned();
            file.remove_if("twilio.api_key_sid", sid);
            file.remove_if("twilio.api_key_secret", &secret);
        }
        Kind::Application => file.remove_if("twilio.application_sid", sid),
        Kind::Key | Kind::Number => {}
    }
}
