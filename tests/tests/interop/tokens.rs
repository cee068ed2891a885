use std::time::{SystemTime, UNIX_EPOCH};

use backend::{
    testing,
    twilio::{
        Credentials,
        sid::{AccountSid, ApiKeySid, ApplicationSid},
    },
};
use secrecy::ExposeSecret;
use serde_json::{Value, json};

use crate::{cases::Dice, peer::Peer, server::twilio};

fn now_s() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs() as i64
}

fn hex(dice: &mut Dice, digits: usize) -> String {
    (0..digits).map(|_| *dice.pick(b"0123456789abcdef") as char).collect()
}

/// An account, a client name as `Line::new` makes them, a lifetime within the bounds of the settings.
fn inputs(dice: &mut Dice) -> (Credentials, String, u32) {
    let letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    let secret: String = (0..32).map(|_| *dice.pick(letters) as char).collect();
    let twilio = Credentials {
        account_sid: AccountSid::parse(&format!("AC{}", hex(dice, 32))).unwrap(),
        api_key_sid: ApiKeySid::parse(&format!("SK{}", hex(dice, 32))).unwrap(),
        api_key_secret: secret.into(),
        application_sid: ApplicationSid::parse(&format!("AP{}", hex(dice, 32))).unwrap(),
        ..twilio()
    };
    (twilio, format!("line_{}", hex(dice, 24)), *dice.pick(&[60, 300, 900, 3600, 86_400]))
}

/// The libraries verify our tokens, and find in them what they would have written themselves.
#[test]
fn twilios_libraries_read_our_tokens_as_their_own() {
    let mut peers = Peer::all();
    let mut dice = Dice(0x5eed_0003);
    for _ in 0..200 {
        let (twilio, client_name, lifetime_s) = inputs(&mut dice);
        let secret = twilio.api_key_secret.expose_secret();
        let ours = testing::mint(&twilio, &client_name, now_s(), lifetime_s).unwrap();
        for peer in &mut peers {
            let read = |peer: &mut Peer, jwt: &str, secret: &str| {
                peer.ask(&json!({"op": "read", "jwt": jwt, "secret": secret, "key": &*twilio.api_key_sid}))
            };
            let theirs = peer.text(&json!({
                "op": "mint", "account": &*twilio.account_sid, "key": &*twilio.api_key_sid, "secret": secret,
                "identity": client_name, "application": &*twilio.application_sid, "lifetime": lifetime_s
            }));
            let mut theirs = read(peer, &theirs, secret).unwrap();
            let mut ours = read(peer, ours.expose_secret(), secret)
                .unwrap_or_else(|error| panic!("{} refuses our token: {error}", peer.name));
            assert_eq!(ours["header"], theirs["header"], "{}", peer.name);
            for token in [&mut ours, &mut theirs] {
                check_times(token, lifetime_s, &twilio.api_key_sid, peer.name);
            }
            assert_eq!(ours, theirs, "{}", peer.name);
        }
    }
}

#[test]
fn twilios_libraries_refuse_a_token_that_was_changed_or_is_over() {
    let mut peers = Peer::all();
    let mut dice = Dice(0x5eed_0004);
    let (twilio, client_name, lifetime_s) = inputs(&mut dice);
    let secret = twilio.api_key_secret.expose_secret();
    let mint =
        |now_s| testing::mint(&twilio, &client_name, now_s, lifetime_s).unwrap().expose_secret().to_owned();
    let (good, over) = (mint(now_s()), mint(now_s() - i64::from(lifetime_s) - 1));
    let mut parts: Vec<_> = good.split('.').map(str::to_owned).collect();
    parts[1] = mint(now_s() + 1).split('.').nth(1).unwrap().to_owned();
    let mixed = parts.join(".");
    for peer in &mut peers {
        let mut reads = |jwt: &str, secret: &str| {
            peer.ask(&json!({"op": "read", "jwt": jwt, "secret": secret, "key": &*twilio.api_key_sid}))
                .is_ok()
        };
        assert!(reads(&good, secret));
        assert!(!reads(&good, "another secret of thirty-two bytes"));
        assert!(!reads(&over, secret));
        assert!(!reads(&mixed, secret));
    }
}

/// Takes out what may differ: when it was made, and what makes it unique.
fn check_times(token: &mut Value, lifetime_s: u32, key: &str, peer: &str) {
    let claims = token["claims"].as_object_mut().unwrap();
    let jti = claims.remove("jti").unwrap();
    assert!(jti.as_str().unwrap().starts_with(&format!("{key}-")), "{peer}: {jti}");
    let (begin, end) = (claims.remove("iat"), claims.remove("exp").unwrap().as_i64().unwrap());
    // Python's writes `nbf`, Node's `iat`; Twilio takes either.
    let begin = claims.remove("nbf").or(begin).unwrap().as_i64().unwrap();
    assert!((begin..=begin + 1).contains(&(end - i64::from(lifetime_s))), "{peer}: {begin} to {end}");
}
