use std::collections::HashMap;

use anyhow::Result;
use backend::{
    lines::{Credential, LineLimits},
    store::Store,
};
use shared::PhoneNumber;

use crate::cli::terminal::print;

pub(super) async fn list(store: &dyn Store) -> Result<()> {
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
        let admin = if line.admin { "(admin)" } else { "" };
        let limits = if line.limits == LineLimits::default() { "" } else { "(limits of its own)" };
        let parts = [&line.phone_number.international(), &line.label, admin, credential, limits, &emails];
        print(&parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("  "));
    }
    Ok(())
}
