use anyhow::{Result, bail};
use backend::{audit::event::AuditEvent, clock::now_s, store::Store};
use jiff::Timestamp;
use shared::PhoneNumber;

use super::named::no_line;
use crate::cli::{args::DevicesCommand, audit::note, terminal::print};

/// The browsers in which a line is signed in, and their end.
pub(super) async fn devices(
    store: &dyn Store,
    number: PhoneNumber,
    command: Option<DevicesCommand>,
    idle_s: u32,
) -> Result<()> {
    if store.line_by_number(&number).await?.is_none() {
        bail!(no_line(&number));
    }
    let count = match command {
        None | Some(DevicesCommand::List) => return list(store, &number, idle_s).await,
        Some(DevicesCommand::SignOut { id }) => {
            if !store.remove_session_of(&number, &id).await? {
                bail!(
                    "{} is not signed in on a device {id}; see sidetone line devices",
                    number.international()
                );
            }
            1
        }
        Some(DevicesCommand::SignOutAll) => store.remove_sessions(&number).await?,
    };
    note(store, AuditEvent::DevicesSignedOut { line: number.clone(), count }).await?;
    print(&format!("{} was signed out on {count} of its devices.", number.international()));
    Ok(())
}

async fn list(store: &dyn Store, number: &PhoneNumber, idle_s: u32) -> Result<()> {
    let sessions = store.sessions(number, now_s(), idle_s).await?;
    if sessions.is_empty() {
        print(&format!("{} is signed in nowhere.", number.international()));
    }
    let time = |at| Timestamp::from_second(at).map_or_else(|_| at.to_string(), |at| at.to_string());
    for session in sessions {
        let (signed_in, used) = (time(session.signed_in_at), time(session.last_seen_at));
        print(&format!("{}  {}  signed in {signed_in}, last used {used}", session.id, session.device));
    }
    Ok(())
}
