use std::io::{self, BufRead, IsTerminal};

use anyhow::{Context, Result};
use backend::{
    clock::now_s,
    config::PublicUrl,
    lines::Credential,
    sign_in::{one_time_code, passcode},
};
use secrecy::{ExposeSecret, SecretString};
use shared::{Invitation, PhoneNumber};

use super::{args::PasscodeArgs, qr};

/// What a line will sign in with, and what to tell the operator about it.
pub(super) struct Chosen {
    pub(super) credential: Credential,
    pub(super) words: String,
}

/// The passcode from standard input or `SIDETONE_PASSCODE`, or a one-time code, with a link where it is known where the `page` is.
pub(super) fn choose(args: &PasscodeArgs, number: &PhoneNumber, page: Option<&PublicUrl>) -> Result<Chosen> {
    if args.no_passcode {
        let words = "It signs in by OpenID Connect only: see sidetone line email.".to_owned();
        return Ok(Chosen { credential: Credential::Nothing, words });
    }
    let given = if args.passcode_stdin {
        let mut line = String::new();
        io::stdin().lock().read_line(&mut line).context("no passcode could be read from standard input")?;
        Some(SecretString::from(line.trim_end_matches(['\r', '\n']).to_owned()))
    } else {
        std::env::var("SIDETONE_PASSCODE").ok().map(SecretString::from)
    };
    match given {
        Some(secret) => {
            shared::passcode::check(secret.expose_secret(), number)?;
            let credential = Credential::Passcode { hash: passcode::hash(&secret)? };
            Ok(Chosen { credential, words: "It signs in with the passcode given.".to_owned() })
        }
        None => {
            let code = one_time_code::generate()?;
            let hash = passcode::hash(&one_time_code::normalise(&code))?;
            let expires_at = now_s().saturating_add(one_time_code::LIFETIME_S);
            let words = format!(
                "\nOne-time code: {}\nIt is good for {} days and not shown again. Sign in with the number and this code; \
                 the passcode is chosen then.{}",
                code.expose_secret(),
                one_time_code::LIFETIME_S / 86_400,
                page.map(|page| invitation(number, &code, page)).unwrap_or_default()
            );
            Ok(Chosen { credential: Credential::OneTimeCode { hash, expires_at }, words })
        }
    }
}

/// The link that brings both; on a terminal, also as a QR code, for the user's phone.
fn invitation(number: &PhoneNumber, code: &SecretString, page: &PublicUrl) -> String {
    let invitation = Invitation { number: number.clone(), code: code.expose_secret().to_owned() };
    let link = invitation.link(&page.join(""));
    let words = format!("\nInvitation, which fills in both: {link}");
    match qr::code_of(&link).filter(|_| io::stdout().is_terminal()) {
        Some(code) => format!("{words}\n\n{code}"),
        None => words,
    }
}
