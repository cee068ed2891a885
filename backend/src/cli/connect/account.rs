use anyhow::{Result, bail};
use backend::{
    connect::memory::Memory,
    twilio::rest::{Account, AccountStatus, Hosts, Rest},
};

use super::answers::{self, Credentials};
use crate::cli::{args::TwilioArgs, terminal::complain};

/// Where the REST API is.
pub(in crate::cli) fn hosts(args: &TwilioArgs) -> Result<Hosts> {
    let Some(base) = args.twilio_api.as_deref() else { return Ok(Hosts::default()) };
    // The auth token goes there.
    if !base.starts_with("https://") && !answers::is_this_machine(base) {
        bail!("SIDETONE_TWILIO_API must be an emulator on this machine, or start with https://");
    }
    Ok(Hosts::at(base))
}

/// Signs in to the account, which must work and be the one that is remembered.
pub(super) async fn sign_in(
    credentials: &Credentials,
    hosts: Hosts,
    memory: &Memory,
) -> Result<(Rest, Account)> {
    if !memory.is_empty() && memory.account_sid != *credentials.account_sid {
        bail!(
            "this configuration was connected to the account {}, not {}; take that back first (with its credentials: \
             sidetone connect --undo), or name another file with --config",
            memory.account_sid,
            credentials.account_sid
        );
    }
    complain(&format!("Reading the account {} …", credentials.account_sid));
    let rest = Rest::new(hosts, &credentials.account_sid, credentials.auth_token.clone())?;
    let account = rest.account().await?;
    match account.status {
        AccountStatus::Active => Ok((rest, account)),
        AccountStatus::Suspended => bail!(
            "the account {} is suspended; pay an open bill, or ask Twilio's support for the reason. Nothing was changed",
            account.sid
        ),
        AccountStatus::Closed => {
            bail!("the account {} is closed; use another one. Nothing was changed", account.sid)
        }
    }
}
