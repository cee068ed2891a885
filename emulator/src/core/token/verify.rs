//! Verification of an access token (<https://www.twilio.com/docs/iam/access-tokens>).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use serde_json::Value;
use sha2::Sha256;

use super::claims::{Grant, Header, Payload};

/// Longest lifetime of an access token, in seconds.
const LONGEST_LIFE: i64 = 86_400;
/// Seconds by which the clocks of the token's writer and of this machine may differ.
const CLOCK_LEEWAY: i64 = 60;
/// Longest identity: the `<Client>` noun's limit.
const LONGEST_IDENTITY: usize = 256;

/// Why a token is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// Not a token, or not one for this account.
    #[error("JWT is invalid: {0}")]
    Invalid(String),
    /// `exp` has passed.
    #[error("Cannot register. Token is expired")]
    Expired,
    /// `exp` is more than a day away.
    #[error("JWT token expiration is too long: {seconds} s; at most 86400 s are allowed")]
    TooLong {
        /// The token's lifetime.
        seconds: i64,
    },
    /// The identity breaks the rules for client names.
    #[error("Invalid client name: {0}")]
    ClientName(String),
}

impl TokenError {
    /// The code of Twilio's error catalogue that the SDK is told.
    #[must_use]
    pub fn code(&self) -> u32 {
        match self {
            TokenError::Invalid(_) => 31204,
            TokenError::Expired => 31205,
            TokenError::TooLong { .. } => 31207,
            TokenError::ClientName(_) => 31105,
        }
    }
}

/// Whose tokens are valid: an account and its API keys.
pub trait Issuers {
    /// The account's SID: the token's subject.
    fn account_sid(&self) -> &str;
    /// The secret of the API key with this SID, if the account has it: the token's issuer.
    fn secret(&self, key_sid: &str) -> Option<&str>;
}

/// Judges a token at the time `now`.
///
/// # Errors
/// The first rule that the token breaks.
pub fn verify(token: &str, account: &impl Issuers, now: Timestamp) -> Result<Grant, TokenError> {
    let parts: Vec<&str> = token.split('.').collect();
    let [header, payload, signature] = parts.as_slice() else {
        return Err(invalid("it must have three parts with dots between them"));
    };
    check_header(&decode::<Header>(header, "header")?)?;
    let claims: Payload = decode(payload, "payload")?;
    let Some(secret) = claims.iss.as_deref().and_then(|key| account.secret(key)) else {
        return Err(invalid("iss must be the SID of an API key of this account"));
    };
    check_signature(secret, header, payload, signature)?;
    if claims.sub.as_deref() != Some(account.account_sid()) {
        return Err(invalid("sub must be the account SID"));
    }
    check_times(&claims, now.as_second())?;
    grant(claims)
}

fn invalid(reason: impl Into<String>) -> TokenError {
    TokenError::Invalid(reason.into())
}

fn decode<T: serde::de::DeserializeOwned>(part: &str, name: &str) -> Result<T, TokenError> {
    let bytes = URL_SAFE_NO_PAD.decode(part).map_err(|_| invalid(format!("the {name} is not base64url")))?;
    serde_json::from_slice(&bytes).map_err(|_| invalid(format!("the {name} is not the expected JSON")))
}

fn check_header(header: &Header) -> Result<(), TokenError> {
    if header.alg.as_deref() != Some("HS256") {
        return Err(invalid("alg must be HS256"));
    }
    if header.typ.as_deref() != Some("JWT") {
        return Err(invalid("typ must be JWT"));
    }
    if header.cty.as_deref() != Some("twilio-fpa;v=1") {
        return Err(invalid("cty must be twilio-fpa;v=1"));
    }
    Ok(())
}

fn check_signature(secret: &str, header: &str, payload: &str, signature: &str) -> Result<(), TokenError> {
    let signature =
        URL_SAFE_NO_PAD.decode(signature).map_err(|_| invalid("the signature is not base64url"))?;
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes())
        .map_err(|_| invalid("the API key has no usable secret"))?;
    mac.update(header.as_bytes());
    mac.update(b".");
    mac.update(payload.as_bytes());
    mac.verify_slice(&signature).map_err(|_| invalid("the signature does not match the API key's secret"))
}

fn check_times(payload: &Payload, now: i64) -> Result<(), TokenError> {
    let Some(expires) = payload.exp else { return Err(invalid("exp is missing")) };
    if expires <= now {
        return Err(TokenError::Expired);
    }
    if payload.nbf.is_some_and(|start| start > now + CLOCK_LEEWAY) {
        return Err(invalid("nbf lies in the future"));
    }
    if payload.iat.is_some_and(|born| born > now + CLOCK_LEEWAY) {
        return Err(invalid("iat lies in the future"));
    }
    let born = payload.iat.or(payload.nbf).unwrap_or(now);
    let seconds = expires.saturating_sub(born);
    if seconds > LONGEST_LIFE {
        return Err(TokenError::TooLong { seconds });
    }
    Ok(())
}

fn grant(payload: Payload) -> Result<Grant, TokenError> {
    let Some(grants) = payload.grants else { return Err(invalid("grants are missing")) };
    let Some(voice) = grants.voice else { return Err(invalid("the voice grant is missing")) };
    let identity = grants.identity.filter(|identity| !identity.is_empty());
    if let Some(identity) = &identity {
        check_identity(identity)?;
    }
    let (application_sid, params) = match voice.outgoing {
        Some(outgoing) => (outgoing.application_sid, outgoing.params),
        None => (None, Default::default()),
    };
    Ok(Grant {
        identity,
        expires: payload.exp.unwrap_or_default(),
        incoming: voice.incoming.and_then(|incoming| incoming.allow) == Some(true),
        application_sid,
        params: params.into_iter().map(|(name, value)| (name, text(value))).collect(),
    })
}

fn check_identity(identity: &str) -> Result<(), TokenError> {
    let allowed = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    if identity.len() > LONGEST_IDENTITY || !identity.chars().all(allowed) {
        return Err(TokenError::ClientName(
            "an identity has at most 256 letters, digits, underscores and hyphens".into(),
        ));
    }
    Ok(())
}

fn text(value: Value) -> String {
    match value {
        Value::String(text) => text,
        other => other.to_string(),
    }
}
