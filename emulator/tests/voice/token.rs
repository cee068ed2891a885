//! Access tokens for tests.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use emulator::Account;
use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use serde_json::{Value, json};
use sha2::Sha256;

/// A token for `identity` that lives for `ttl` seconds from now.
pub(crate) fn token(account: &Account, identity: &str, ttl: i64) -> String {
    signed(account, json!(identity), ttl)
}

/// A token for nobody.
pub(crate) fn anonymous_token(account: &Account) -> String {
    signed(account, Value::Null, 3600)
}

fn signed(account: &Account, identity: Value, ttl: i64) -> String {
    let now = Timestamp::now().as_second();
    let header = json!({"typ": "JWT", "alg": "HS256", "cty": "twilio-fpa;v=1"});
    let payload = json!({
        "jti": format!("{}-{now}", account.api_key_sid), "iss": account.api_key_sid, "sub": account.sid,
        "iat": now.min(now + ttl - 1), "exp": now + ttl,
        "grants": {"identity": identity, "voice": {
            "incoming": {"allow": true}, "outgoing": {"application_sid": account.application_sid}}},
    });
    let encode = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let text = format!("{}.{}", encode(&header), encode(&payload));
    let mut mac = Hmac::<Sha256>::new_from_slice(account.api_key_secret.as_bytes()).unwrap();
    mac.update(text.as_bytes());
    format!("{text}.{}", URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes()))
}
