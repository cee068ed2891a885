use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use secrecy::ExposeSecret;
use serde_json::Value;

use super::finding::Finding;
use crate::twilio::{Credentials, access_token::Minter};

/// A token as a softphone gets it has the shape that Twilio documents and verifies with the configured secret.
pub(super) fn minted(twilio: &Credentials, now_s: i64, lifetime_s: u32) -> Finding {
    match try_one(twilio, now_s, lifetime_s) {
        Ok(()) => Finding::fine("token", format!("an access token was made and verified ({lifetime_s} s)")),
        Err(why) => Finding::wrong(
            "token",
            format!("an access token cannot be made: {why}"),
            "Run sidetone connect to write API key and TwiML App anew.",
        ),
    }
}

fn try_one(twilio: &Credentials, now_s: i64, lifetime_s: u32) -> Result<(), String> {
    let token = Minter::new(twilio).mint("doctor", now_s, lifetime_s).map_err(|error| error.to_string())?;
    let token = token.expose_secret();
    let header = decode_header(token).map_err(|error| error.to_string())?;
    if header.cty.as_deref() != Some("twilio-fpa;v=1") {
        return Err("its content type is not Twilio's".to_owned());
    }
    let key = DecodingKey::from_secret(twilio.api_key_secret.expose_secret().as_bytes());
    let mut validation = Validation::new(Algorithm::HS256);
    // By the time that was given, not by this machine's.
    validation.validate_exp = false;
    let claims = decode::<Value>(token, &key, &validation).map_err(|error| error.to_string())?.claims;
    let expected = [
        ("/iss", twilio.api_key_sid.as_str()),
        ("/sub", twilio.account_sid.as_str()),
        ("/grants/identity", "doctor"),
        ("/grants/voice/outgoing/application_sid", twilio.application_sid.as_str()),
    ];
    for (place, value) in expected {
        if claims.pointer(place).and_then(Value::as_str) != Some(value) {
            return Err(format!("its {place} is wrong"));
        }
    }
    if claims.pointer("/exp").and_then(Value::as_i64) != Some(now_s + i64::from(lifetime_s)) {
        return Err("its end is wrong".to_owned());
    }
    Ok(())
}
