use secrecy::SecretString;

use super::{
    fault::{Fault, fault, unknown},
    raw::{RawTwilio, Text},
    text::text,
};
use crate::twilio::{
    Credentials,
    sid::{AccountSid, ApiKeySid, ApplicationSid, SidError},
};

pub(super) fn twilio(raw: RawTwilio, faults: &mut Vec<Fault>) -> Option<Credentials> {
    let account_sid = sid("twilio.account_sid", "AC", raw.account_sid, AccountSid::parse, faults);
    let api_key_sid = sid("twilio.api_key_sid", "SK", raw.api_key_sid, ApiKeySid::parse, faults);
    let application_sid =
        sid("twilio.application_sid", "AP", raw.application_sid, ApplicationSid::parse, faults);
    let auth_token = secret("twilio.auth_token", "it signs the webhooks", raw.auth_token, faults);
    let auth_token_secondary =
        optional_secret("twilio.auth_token_secondary", raw.auth_token_secondary, faults);
    let api_key_secret =
        secret("twilio.api_key_secret", "it was shown when the API key was made", raw.api_key_secret, faults);
    unknown("twilio.", raw.unknown, faults);
    Some(Credentials {
        account_sid: account_sid?,
        auth_token: auth_token?,
        auth_token_secondary: auth_token_secondary.ok()?,
        api_key_sid: api_key_sid?,
        api_key_secret: api_key_secret?,
        application_sid: application_sid?,
    })
}

fn sid<T>(
    key: &'static str,
    letters: &str,
    raw: Option<Text>,
    parse: fn(&str) -> Result<T, SidError>,
    faults: &mut Vec<Fault>,
) -> Option<T> {
    let Some(sid) = text(key, raw, faults).ok()? else {
        fault(
            faults,
            key,
            format!("is missing; copy the SID that starts with {letters} from Twilio's console"),
        );
        return None;
    };
    parse(&sid).map_err(|error| fault(faults, key, error.to_string())).ok()
}

fn secret(key: &'static str, hint: &str, raw: Option<Text>, faults: &mut Vec<Fault>) -> Option<SecretString> {
    let secret = optional_secret(key, raw, faults).ok()?;
    if secret.is_none() {
        fault(faults, key, format!("is missing; copy it from Twilio's console ({hint})"));
    }
    secret
}

fn optional_secret(
    key: &'static str,
    raw: Option<Text>,
    faults: &mut Vec<Fault>,
) -> Result<Option<SecretString>, ()> {
    let Some(secret) = text(key, raw, faults)? else { return Ok(None) };
    if secret.len() < 32 || !secret.bytes().all(|b| b.is_ascii_alphanumeric()) {
        fault(faults, key, "is no secret of Twilio's; it must be at least 32 letters and digits");
        return Err(());
    }
    Ok(Some(SecretString::from(secret)))
}
