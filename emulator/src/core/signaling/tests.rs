use jiff::Timestamp;
use proptest::prelude::*;
use serde_json::json;

use super::protocol::{ClientMessage, ServerMessage, parse};
use super::session::{Session, Step};
use crate::core::account::Account;

fn message(kind: &str, payload: serde_json::Value) -> Result<ClientMessage, u32> {
    let text = json!({"type": kind, "version": "1.6", "payload": payload}).to_string();
    parse(&text).map(|(message, _, _)| message).map_err(|malformed| malformed.code)
}

#[test]
fn an_invite_with_a_token_is_a_reconnect() {
    let invite = json!({"callsid": "CA1", "sdp": "v=0", "reconnect": "t", "twilio": {}});
    assert_eq!(
        message("invite", invite),
        Ok(ClientMessage::Reconnect {
            callsid: "CA1".into(),
            reconnect: "t".into(),
            sdp: Some("v=0".into())
        })
    );
    let invite = json!({"callsid": "TJS1", "sdp": "v=0", "twilio": {"params": "To=1"}});
    assert_eq!(
        message("invite", invite),
        Ok(ClientMessage::Invite { callsid: "TJS1".into(), sdp: "v=0".into(), params: "To=1".into() })
    );
}

#[test]
fn fields_that_are_missing_are_named_by_code() {
    for (kind, payload, code) in [
        ("listen", json!({}), 31102),
        ("listen", json!({"token": 1}), 31102),
        ("register", json!({"media": {"audio": "yes"}}), 31400),
        ("invite", json!({"sdp": "v=0"}), 31400),
        ("invite", json!({"callsid": "TJS1"}), 31400),
        ("invite", json!({"callsid": "TJS1", "sdp": "v=0", "twilio": {"params": "x".repeat(801)}}), 31103),
        ("answer", json!({"callsid": "CA1"}), 31400),
        ("reinvite", json!({"callsid": "CA1"}), 31400),
        ("hangup", json!({}), 31400),
        ("dtmf", json!({"callsid": "CA1", "dtmf": "1a"}), 31400),
        ("presence", json!({}), 31400),
    ] {
        assert_eq!(message(kind, payload.clone()), Err(code), "{kind} {payload}");
    }
    let exact = json!({"callsid": "TJS1", "sdp": "v=0", "twilio": {"params": "x".repeat(800)}});
    assert!(message("invite", exact).is_ok());
}

#[test]
fn what_is_sent_has_the_envelope_of_the_sdk() {
    let text = ServerMessage::hangup("CA1", Some((31005, "gone"))).to_text();
    let sent: serde_json::Value = serde_json::from_str(&text).unwrap();
    let expected = json!({"type": "hangup", "version": "1.6",
        "payload": {"callsid": "CA1", "error": {"code": 31005, "message": "gone"}}});
    assert_eq!(sent, expected);
}

#[test]
fn a_refused_token_ends_the_session_once() {
    let mut session = Session::new(None);
    let listen = || ClientMessage::Listen { token: "x".into(), reconnect_timeout: 0 };
    let steps = session.message(listen(), &Account::default(), Timestamp::UNIX_EPOCH);
    assert!(matches!(steps.first(), Some(Step::Send(message)) if message.kind == "error"));
    assert_eq!(steps.last(), Some(&Step::Refuse));
    session.close();
    assert_eq!(session.message(listen(), &Account::default(), Timestamp::UNIX_EPOCH), vec![]);
}

#[test]
fn a_session_without_a_token_does_nothing_about_calls() {
    let mut session = Session::new(None);
    let hangup = ClientMessage::Hangup { callsid: "CA1".into() };
    let steps = session.message(hangup, &Account::default(), Timestamp::UNIX_EPOCH);
    assert!(matches!(&steps[0], Step::Send(message) if message.payload["error"]["code"] == 31204));
    assert_eq!(session.expired(0), vec![]);
}

proptest! {
    #[test]
    fn no_text_panics(text in "\\PC{0,80}") {
        let _ = parse(&text);
    }
}
