//! `sidetone line`: lines in the database of the configuration. Works while the server runs.

mod add;
mod change;
mod devices;
mod emails;
mod limits;
mod list;
mod named;

pub(super) use add::{NewLine, add};
use anyhow::Result;
use backend::config;
use named::parse;

use super::{
    args::{ConfigArgs, LineCommand},
    database, image,
    terminal::print,
};

pub(super) async fn line(config: ConfigArgs, command: LineCommand) -> Result<()> {
    let file = config.file();
    let database = config::load_database(file)?;
    image::check(database.file().as_slice())?;
    let page = config::load_public_url(file);
    let store = match &command {
        LineCommand::Add { .. } => database::open(&database).await?,
        LineCommand::List => match database::look_at(&database).await? {
            Some(store) => store,
            None => {
                print(&format!("There are no lines yet: {}.", database::missing(&database)));
                return Ok(());
            }
        },
        _ => database::open_made(&database).await?,
    };
    let store = &*store;
    match command {
        LineCommand::Add { number, label, admin, passcode } => {
            let new = NewLine { number: &number, label, admin, passcode: &passcode };
            add(store, new, page.as_ref()).await
        }
        LineCommand::List => list::list(store).await,
        LineCommand::Rename { number, label } => change::rename(store, &parse(&number)?, label).await,
        LineCommand::Admin { number, to } => change::set_admin(store, &parse(&number)?, to).await,
        LineCommand::Email { number, command } => emails::change(store, parse(&number)?, command).await,
        LineCommand::Devices { number, command } => {
            devices::devices(store, parse(&number)?, command, config::load_session_idle_s(file)?).await
        }
        LineCommand::Limits { number, limits } => {
            limits::limits(store, parse(&number)?, limits, &config::load_dial(file)?).await
        }
        LineCommand::Unlock { number } => change::unlock(store, &parse(&number)?).await,
        LineCommand::Remove { number } => change::remove(store, &parse(&number)?).await,
        LineCommand::Passcode { number, passcode } => {
            change::set_credential(store, &parse(&number)?, &passcode, page.as_ref()).await
        }
    }
}
