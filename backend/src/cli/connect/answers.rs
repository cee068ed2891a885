//! What must be known: from the options, the environment, the configuration file, or the person in front of it.

use std::io::{self, IsTerminal};

use anyhow::{Context, Result, anyhow, bail};
use backend::{
    config::{Partial, PublicUrl},
    twilio::sid::AccountSid,
};
use dialoguer::{Confirm, Input, Password};
use secrecy::{ExposeSecret, SecretString};
use url::{Host, Url};

use crate::cli::terminal::complain;

/// Of the account.
pub(super) struct Credentials {
    pub(super) account_sid: AccountSid,
    pub(super) auth_token: SecretString,
}

/// Somebody is there to be asked.
pub(super) fn can_ask() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// Account SID and auth token.
pub(super) fn credentials(known: &Partial) -> Result<Credentials> {
    let sid = match &known.account_sid {
        Some(sid) => sid.clone(),
        None if can_ask() => {
            complain("Account SID and auth token are on the front page of Twilio's console.");
            let check = |sid: &String| account_sid(sid).map(drop).map_err(|error| error.to_string());
            Input::new().with_prompt("Account SID (AC…)").validate_with(check).interact_text()?
        }
        None => bail!("the account is not known; set SIDETONE_TWILIO__ACCOUNT_SID"),
    };
    let account_sid = account_sid(&sid)?;
    let auth_token = match &known.auth_token {
        Some(token) => token.clone(),
        None if can_ask() => Password::new().with_prompt("Auth token (not shown)").interact()?.trim().into(),
        None => bail!(
            "the auth token is not known; set SIDETONE_TWILIO__AUTH_TOKEN (not an option: others can read command lines)"
        ),
    };
    check_auth_token(&auth_token)?;
    Ok(Credentials { account_sid, auth_token })
}

fn account_sid(text: &str) -> Result<AccountSid> {
    AccountSid::parse(text.trim()).map_err(|error| anyhow!("that {error}"))
}

fn check_auth_token(token: &SecretString) -> Result<()> {
    let token = token.expose_secret();
    if token.len() < 32 || !token.bytes().all(|b| b.is_ascii_alphanumeric()) {
        bail!("that is no auth token of Twilio's; it must be at least 32 letters and digits");
    }
    Ok(())
}

/// The address of the server: from `option`, else from the environment or the file.
pub(super) fn public_url(option: Option<&str>, known: Option<&str>) -> Result<PublicUrl> {
    let text = match option.or(known) {
        Some(text) => text.to_owned(),
        None if can_ask() => {
            complain(
                "Twilio and browsers reach the server at its public URL, such as https://phone.example.com",
            );
            let check = |text: &String| check_url(text).map(drop).map_err(|error| format!("{error:#}"));
            Input::new().with_prompt("Public URL").validate_with(check).interact_text()?
        }
        None => bail!("the address of the server is not known; give --public-url https://…"),
    };
    check_url(&text)
}

fn check_url(text: &str) -> Result<PublicUrl> {
    let url = PublicUrl::parse(text).map_err(|error| anyhow::anyhow!("the public URL {error}"))?;
    if !url.is_https() && !is_this_machine(text) {
        bail!(
            "the public URL must start with https://, or passcodes and calls could be overheard; only http://localhost \
             is taken without, for a trial with an emulator"
        );
    }
    if text.contains(":0/") || text.ends_with(":0") {
        bail!("the public URL has port 0; write the port that is asked for from outside, or none");
    }
    Ok(url)
}

/// Whether only this machine can reach it.
pub(super) fn is_this_machine(url: &str) -> bool {
    match Url::parse(url.trim()).ok().and_then(|url| url.host().map(|host| host.to_owned())) {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}

/// Whether it shall be done.
pub(super) fn agreed(yes: bool) -> Result<bool> {
    if yes {
        return Ok(true);
    }
    if !can_ask() {
        bail!("nobody can be asked whether to do this; give --yes to do it, or --dry-run to see it only");
    }
    Confirm::new().with_prompt("Do it?").default(true).interact().context("the answer could not be read")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_twilio_could_not_use_is_refused() {
        for (text, word) in [
            ("http://phone.example.com", "https://"),
            ("phone.example.com", "absolute"),
            ("https://phone.example.com/?x=1", "query"),
            ("https://phone.example.com/#top", "fragment"),
            ("https://phone.example.com/a b", "path"),
            ("htps://phone.example.com", "https://"),
            ("http://localhost:0", "port 0"),
            ("http://localhost.example.com", "https://"),
        ] {
            let error = format!("{:#}", check_url(text).unwrap_err());
            assert!(error.contains(word), "{text}: {error}");
        }
        for text in ["https://phone.example.com/prod/", "http://localhost:8080", "http://127.0.0.1:1"] {
            assert!(check_url(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn sids_and_tokens_are_looked_at_before_twilio_is_asked() {
        assert!(account_sid(" AC00000000000000000000000000000001\n").is_ok());
        let error = account_sid("SK00000000000000000000000000000001").unwrap_err().to_string();
        assert!(error.starts_with("that is no account SID (this is an API key SID)"), "{error}");
        let error = check_auth_token(&SecretString::from("hunter2")).unwrap_err().to_string();
        assert!(!error.contains("hunter2"), "{error}");
    }
}
