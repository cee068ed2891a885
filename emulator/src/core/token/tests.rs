use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use proptest::prelude::*;
use serde_json::{Value, json};
use sha2::Sha256;

use super::*;
use crate::core::account::Account;

/// Made by another library for the account of `Account::default`: born at 1700000000, ends at 1700003600.
const VECTOR: &str = "eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiIsImN0eSI6InR3aWxpby1mcGE7dj0xIn0.eyJqdGkiOiJTSzAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAxLTE3MDAwMDAwMDAiLCJpc3MiOiJTSzAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAxIiwic3ViIjoiQUMwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMSIsImlhdCI6MTcwMDAwMDAwMCwiZXhwIjoxNzAwMDAzNjAwLCJncmFudHMiOnsiaWRlbnRpdHkiOiJhbGljZSIsInZvaWNlIjp7ImluY29taW5nIjp7ImFsbG93Ijp0cnVlfSwib3V0Z29pbmciOnsiYXBwbGljYXRpb25fc2lkIjoiQVAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMSJ9fX19.lBcEJ0D8YtoQhuo6UnMpppw_-TE6oY_MroqAc_W2KuI";

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

fn judge(token: &str, second: i64) -> Result<Grant, TokenError> {
    verify(token, &Account::default(), at(second))
}

fn payload() -> Value {
    let account = Account::default();
    json!({"iss": account.api_key_sid, "sub": account.sid, "iat": 1000, "exp": 4600,
           "grants": {"identity": "alice", "voice": {"incoming": {"allow": true}}}})
}

fn sign(header: &Value, payload: &Value) -> String {
    let encode = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let body = format!("{}.{}", encode(header), encode(payload));
    let mut mac = Hmac::<Sha256>::new_from_slice(Account::default().api_key_secret.as_bytes()).unwrap();
    mac.update(body.as_bytes());
    format!("{body}.{}", URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes()))
}

fn with(change: impl FnOnce(&mut Value)) -> String {
    let mut payload = payload();
    change(&mut payload);
    sign(&json!({"typ": "JWT", "alg": "HS256", "cty": "twilio-fpa;v=1"}), &payload)
}

#[test]
fn accepts_the_published_shape() {
    let grant = judge(VECTOR, 1_700_000_001).unwrap();
    assert_eq!((grant.identity.as_deref(), grant.caller()), (Some("alice"), "alice"));
    assert!(grant.incoming);
    assert_eq!(grant.expires, 1_700_003_600);
    assert_eq!(grant.application_sid.as_deref(), Some("AP00000000000000000000000000000001"));
}

#[test]
fn an_expired_token_has_its_own_code() {
    assert_eq!(judge(VECTOR, 1_700_003_600).unwrap_err().code(), 31205);
}

#[test]
fn every_broken_rule_is_refused() {
    let headers = [
        json!({"typ": "JWT", "alg": "none", "cty": "twilio-fpa;v=1"}),
        json!({"typ": "JWT", "alg": "HS512", "cty": "twilio-fpa;v=1"}),
        json!({"typ": "JWT", "alg": "HS256"}),
        json!({"alg": "HS256", "cty": "twilio-fpa;v=1"}),
    ];
    for header in &headers {
        assert_eq!(judge(&sign(header, &payload()), 1000).unwrap_err().code(), 31204, "{header}");
    }
    let cases: [(&str, String, u32); 8] = [
        ("issuer", with(|p| p["iss"] = json!("SK1")), 31204),
        ("account", with(|p| p["sub"] = json!("AC1")), 31204),
        ("no exp", with(|p| p["exp"] = Value::Null), 31204),
        ("too long", with(|p| p["exp"] = json!(1000 + 86_401)), 31207),
        ("future", with(|p| p["nbf"] = json!(2000)), 31204),
        ("born in the future", with(|p| (p["iat"], p["exp"]) = (json!(2000), json!(3000))), 31204),
        ("no voice", with(|p| p["grants"]["voice"] = Value::Null), 31204),
        ("bad identity", with(|p| p["grants"]["identity"] = json!("a b")), 31105),
    ];
    for (name, token, code) in cases {
        assert_eq!(judge(&token, 1000).unwrap_err().code(), code, "{name}");
    }
}

#[test]
fn a_token_without_identity_calls_as_nobody() {
    for nobody in [Value::Null, json!("")] {
        let grant = judge(&with(|p| p["grants"]["identity"] = nobody), 1000).unwrap();
        assert_eq!((grant.identity.as_deref(), grant.caller()), (None, "Anonymous"));
    }
}

#[test]
fn a_changed_payload_breaks_the_signature() {
    let good = with(|_| {});
    let bad = with(|p| p["grants"]["identity"] = json!("mallory"));
    let forged = format!("{}.{}", bad.rsplit_once('.').unwrap().0, good.rsplit_once('.').unwrap().1);
    assert!(judge(&good, 1000).is_ok());
    assert_eq!(judge(&forged, 1000).unwrap_err().code(), 31204);
}

proptest! {
    #[test]
    fn no_text_is_accepted_or_panics(text in ".{0,200}") {
        prop_assert!(judge(&text, 1000).is_err());
    }
}
