use super::*;
use crate::PhoneNumber;

fn json<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_string(value).expect("serialises")
}

#[test]
fn requests_refuse_what_they_do_not_know() {
    let ok = r#"{"phone_number":"050-3123-4567","passcode":"1234"}"#;
    assert!(serde_json::from_str::<SignIn>(ok).is_ok());
    for wrong in [
        r#"{"phone_number":"050-3123-4567","passcode":"1234","client_name":"alice"}"#,
        r#"{"phone_number":"050-3123-4567"}"#,
        r#"{"phone_number":5031234567,"passcode":"1234"}"#,
        "[]",
        "",
    ] {
        assert!(serde_json::from_str::<SignIn>(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn responses_read_what_a_newer_server_says() {
    let session = r#"{"phone_number":"+815031234567","display_name":"Reception"}"#;
    assert!(serde_json::from_str::<Session>(session).is_ok());
}

#[test]
fn the_wire_shapes_stand() {
    let number = PhoneNumber::from_e164("+815031234567").expect("valid");
    let session = Session { phone_number: number, admin: false };
    assert_eq!(json(&session), r#"{"phone_number":"+815031234567"}"#);
    let admin = Session { admin: true, ..session };
    assert_eq!(json(&admin), r#"{"phone_number":"+815031234567","admin":true}"#);
    assert_eq!(json(&CallOutcome::NoAnswer), r#"{"status":"no_answer"}"#);
    assert_eq!(
        json(&CallOutcome::Refused { reason: Refusal::EmergencyNumber }),
        r#"{"status":"refused","reason":"emergency_number"}"#
    );
    for wrong in [r#"{"status":"refused"}"#, r#"{"status":"lost"}"#, "{}"] {
        assert!(serde_json::from_str::<CallOutcome>(wrong).is_err(), "{wrong}");
    }
    for outcome in [CallOutcome::Busy, CallOutcome::Refused { reason: Refusal::OwnNumber }] {
        assert_eq!(serde_json::from_str::<CallOutcome>(&json(&outcome)).expect("reads"), outcome);
    }
    assert_eq!(
        json(&Signaling { edges: vec!["roaming".into()], emulator: None }),
        r#"{"edges":["roaming"]}"#
    );
    let error = ErrorBody { code: ErrorCode::SignInRefused, message: "No.".into(), wait: None };
    assert_eq!(json(&error), r#"{"code":"sign_in_refused","message":"No."}"#);
    assert_eq!(serde_json::from_str::<ErrorBody>(&json(&error)).expect("reads"), error);
    let wait = Some(Wait { seconds: 300, one_time_code: true });
    let error = ErrorBody { code: ErrorCode::TooManyRequests, message: "Wait.".into(), wait };
    assert_eq!(
        json(&error),
        r#"{"code":"too_many_requests","message":"Wait.","wait":{"seconds":300,"one_time_code":true}}"#
    );
    assert_eq!(serde_json::from_str::<ErrorBody>(&json(&error)).expect("reads"), error);
}

#[test]
fn paths_work_under_any_prefix() {
    for path in
        [paths::TOKEN, paths::CALL_INCOMING, paths::CALL_OUTGOING, paths::SESSION, paths::HEALTH, paths::SDK]
    {
        assert!(!path.starts_with('/') && !path.ends_with('/'), "{path}");
    }
}
