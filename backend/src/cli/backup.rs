use std::path::Path;

use anyhow::{Result, bail};
use backend::{
    config::{self, Database},
    store,
};

use super::{args::ConfigArgs, database, terminal::print};

/// Writes a copy of the database, while the server runs.
pub(super) async fn backup(config: ConfigArgs, copy: &Path) -> Result<()> {
    let database = config::load_database(config.file())?;
    match &database {
        Database::File(file) if !file.exists() => bail!(database::missing(&database)),
        Database::File(file) => store::back_up(file, copy).await?,
        Database::Memory => bail!("the database is in memory: there is nothing that could be kept"),
        Database::Postgres(url) => {
            bail!(
                "the database is {url}: a backup of it is PostgreSQL's, such as `pg_dump --format=custom --file=…`"
            )
        }
    }
    print(&format!("{} is a copy of {}.", copy.display(), database::place(&database)));
    print(
        "To put it back: stop the server, remove the files -wal and -shm beside the database, put the copy in its place.",
    );
    Ok(())
}
