//! Access tokens for the Voice SDK.
//!
//! Source of the shape: Twilio's page "Create an Access Token" and its helper libraries.

use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;

use super::{
    Credentials,
    sid::{AccountSid, ApiKeySid, ApplicationSid},
};

/// Makes tokens with the account's API key.
pub(crate) struct Minter {
    account_sid: AccountSid,
    api_key_sid: ApiKeySid,
    application_sid: ApplicationSid,
    key: EncodingKey,
}

#[derive(Serialize)]
struct Claims<'a> {
    jti: String,
    iss: &'a str,
    sub: &'a str,
    iat: i64,
    exp: i64,
    grants: Grants<'a>,
}

#[derive(Serialize)]
struct Grants<'a> {
    identity: &'a str,
    voice: VoiceGrant<'a>,
}

#[derive(Serialize)]
struct VoiceGrant<'a> {
    incoming: IncomingGrant,
    outgoing: OutgoingGrant<'a>,
}

#[derive(Serialize)]
struct IncomingGrant {
    allow: bool,
}

#[derive(Serialize)]
struct OutgoingGrant<'a> {
    application_sid: &'a str,
}

impl Minter {
    pub(crate) fn new(twilio: &Credentials) -> Self {
        Self {
            account_sid: twilio.account_sid.clone(),
            api_key_sid: twilio.api_key_sid.clone(),
            application_sid: twilio.application_sid.clone(),
            key: EncodingKey::from_secret(twilio.api_key_secret.expose_secret().as_bytes()),
        }
    }

    /// A token with which the SDK calls and is called as `client_name`.
    pub(crate) fn mint(
        &self,
        client_name: &str,
        now_s: i64,
        lifetime_s: u32,
    ) -> Result<SecretString, jsonwebtoken::errors::Error> {
        let header = Header { cty: Some("twilio-fpa;v=1".to_owned()), ..Header::new(Algorithm::HS256) };
        let claims = Claims {
            jti: format!("{}-{}", self.api_key_sid, uuid::Uuid::new_v4().simple()),
            iss: &self.api_key_sid,
            sub: &self.account_sid,
            iat: now_s,
            exp: now_s.saturating_add(i64::from(lifetime_s)),
            grants: Grants {
                identity: client_name,
                voice: VoiceGrant {
                    incoming: IncomingGrant { allow: true },
                    outgoing: OutgoingGrant { application_sid: &self.application_sid },
                },
            },
        };
        encode(&header, &claims, &self.key).map(SecretString::from)
    }
}

#[cfg(test)]
mod tests {
    use aws_lc_rs::hmac;
    use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
    use serde_json::{Value, json};

    use super::*;

    fn decode(part: &str) -> Value {
        serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
    }

    #[test]
    fn has_the_shape_that_twilio_documents() {
        let twilio = Credentials {
            account_sid: AccountSid::parse("AC00000000000000000000000000000001").unwrap(),
            auth_token: SecretString::from(String::new()),
            auth_token_secondary: None,
            api_key_sid: ApiKeySid::parse("SK00000000000000000000000000000001").unwrap(),
            api_key_secret: SecretString::from("emulator-api-key-secret-00000000".to_owned()),
            application_sid: ApplicationSid::parse("AP00000000000000000000000000000001").unwrap(),
        };
        let minter = Minter::new(&twilio);
        let token = minter.mint("line_1", 1_700_000_000, 3600).unwrap();
        let parts: Vec<_> = token.expose_secret().split('.').collect();
        assert_eq!(decode(parts[0]), json!({"typ": "JWT", "alg": "HS256", "cty": "twilio-fpa;v=1"}));
        let mut claims = decode(parts[1]);
        let jti = claims.as_object_mut().unwrap().remove("jti").unwrap();
        assert_eq!(
            claims,
            json!({
                "iss": "SK00000000000000000000000000000001",
                "sub": "AC00000000000000000000000000000001",
                "iat": 1_700_000_000,
                "exp": 1_700_003_600,
                "grants": {
                    "identity": "line_1",
                    "voice": {
                        "incoming": {"allow": true},
                        "outgoing": {"application_sid": "AP00000000000000000000000000000001"}
                    }
                }
            })
        );
        // By hand, so that the library's own verification cannot agree with its own mistake.
        let key = hmac::Key::new(hmac::HMAC_SHA256, b"emulator-api-key-secret-00000000");
        let signed = format!("{}.{}", parts[0], parts[1]);
        hmac::verify(&key, signed.as_bytes(), &BASE64_URL_SAFE_NO_PAD.decode(parts[2]).unwrap()).unwrap();

        let again = minter.mint("line_1", 1_700_000_000, 3600).unwrap();
        assert_ne!(decode(again.expose_secret().split('.').nth(1).unwrap())["jti"], jti);
    }
}
