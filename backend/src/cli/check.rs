use std::process::ExitCode;

use anyhow::Result;
use backend::{
    config::{self, Database},
    store::{self, Existing},
};

use super::{args::ConfigArgs, database, terminal::print};

/// What a start of this version would do to what is there, before it does. Exit code 0: it would start; 1: it would not.
pub(super) async fn check(config: ConfigArgs) -> Result<ExitCode> {
    let file = config.file();
    // Every fault in it is in the error.
    let settings = config::load(file)?;
    let read = file.map_or_else(|| "The environment".to_owned(), |file| file.display().to_string());
    print(&format!("{read}: every setting is understood."));
    let place = database::place(&settings.database);
    let (said, code) = match (store::open_existing(&settings.database).await?, &settings.database) {
        (_, Database::Memory) => ("nothing of it outlives the server", ExitCode::SUCCESS),
        (Existing::Missing, _) => ("it is not there yet; the first start makes it", ExitCode::SUCCESS),
        (Existing::Open(_), _) => ("of this version; a start changes nothing in it", ExitCode::SUCCESS),
        (Existing::Older, _) => (
            "of an older version; the next start brings it to this one, and no older version can read it after that: make a \
             backup first (`sidetone backup`)",
            ExitCode::SUCCESS,
        ),
        (Existing::Newer, _) => (
            "of a newer version, which this one cannot read; run that version, or a later one",
            ExitCode::FAILURE,
        ),
    };
    print(&format!("Database {place}: {said}."));
    Ok(code)
}
