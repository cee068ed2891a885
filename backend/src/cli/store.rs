use std::path::Path;

use anyhow::{Result, bail};
use backend::{
    audit::event::AuditEvent,
    clock::now_s,
    config::{self, Database},
    store,
};

use super::{
    args::{ConfigArgs, StoreCommand},
    audit, database,
    terminal::{complain, print},
};

pub(super) async fn store(config: ConfigArgs, command: StoreCommand) -> Result<()> {
    match command {
        StoreCommand::Copy { to } => copy(config, &to).await,
    }
}

/// Moves an SQLite database to the PostgreSQL database of another configuration.
async fn copy(config: ConfigArgs, to: &Path) -> Result<()> {
    let database = config::load_database(config.file())?;
    let source = match &database {
        Database::File(path) => path,
        Database::Memory => bail!("the database is in memory: there is nothing that could be moved"),
        Database::Postgres(url) => bail!(
            "the database {url} is PostgreSQL's already; name the configuration of the server with the SQLite file with --config"
        ),
    };
    let Database::Postgres(url) = config::load_database_of(to)? else {
        bail!(
            "{} names no PostgreSQL database; write its address into it: database = \"postgresql://user:password@host/database\"",
            to.display()
        );
    };
    let moved = store::copy(source, to, &url, now_s()).await?;
    for (table, rows) in &moved.rows {
        print(&format!("{rows:>10}  {table}"));
    }
    if moved.without_nul > 0 {
        print(&format!(
            "In {} texts there was U+0000, which PostgreSQL has no place for; it was left out.",
            moved.without_nul
        ));
    }
    let place = database::place(&database);
    print(&format!("{place} was moved {}. Servers that run on it go on there.", moved.mark));
    print(&format!("From now on start them with --config {}.", to.display()));
    let note =
        AuditEvent::ConfigurationChanged { line: None, what: format!("the database was moved from {place}") };
    let noted = async { audit::note(&*database::open(&Database::Postgres(url)).await?, note).await };
    if let Err(error) = noted.await {
        complain(&format!("All of it is moved, but that was not noted: {error}"));
    }
    Ok(())
}
