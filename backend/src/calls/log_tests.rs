use std::{future::poll_fn, task::Poll};

use secrecy::SecretString;
use shared::{PhoneNumber, api::CallDirection};

use super::*;
use crate::{
    calls::call::LineRef,
    config::{Database, PublicUrl, Settings},
    lines::Line,
    store,
    twilio::{
        Credentials,
        sid::{AccountSid, ApiKeySid, ApplicationSid},
    },
};

const SID: &str = "CA00000000000000000000000000000001";

fn settings() -> Settings {
    let secret = || SecretString::from("0123456789abcdef0123456789abcdef");
    let twilio = Credentials {
        account_sid: AccountSid::parse("AC00000000000000000000000000000001").unwrap(),
        auth_token: secret(),
        auth_token_secondary: None,
        api_key_sid: ApiKeySid::parse("SK00000000000000000000000000000001").unwrap(),
        api_key_secret: secret(),
        application_sid: ApplicationSid::parse("AP00000000000000000000000000000001").unwrap(),
    };
    Settings::new(PublicUrl::parse("http://localhost:1").unwrap(), Database::Memory, twilio)
}

/// As at the end of the server, which stops the task that writes wherever it is.
#[tokio::test]
async fn a_report_survives_when_its_writing_is_broken_off() {
    let store = store::open(&Database::Memory).await.unwrap();
    let number = PhoneNumber::from_e164("+815031234567").unwrap();
    store.add_line(&Line::new(number.clone(), String::new(), "hash".into()).unwrap()).await.unwrap();
    let settings = settings();
    let dialling = Arc::new(Dialling::new(store.clone(), settings.permitted(), settings.dial_limits()));
    let log = CallLog::new(store.clone(), dialling, Metrics::new());
    let report = CallReport {
        parent_sid: SID.into(),
        child_sid: None,
        attempt: None,
        line: LineRef::Number(number.clone()),
        direction: CallDirection::Incoming,
        peer: "+819059876543".into(),
        outcome: CallOutcome::Completed,
        at: 1000,
        duration_s: 7,
    };
    log.keep(report, &StoreError::Slow);
    let mut writing = Box::pin(log.write_waiting());
    let begun = poll_fn(|context| Poll::Ready(writing.as_mut().poll(context).is_pending())).await;
    assert!(begun, "it waits for the store");
    drop(writing);
    assert_eq!(log.waiting(), 1);

    log.write_waiting().await;
    assert_eq!(log.waiting(), 0);
    assert_eq!(store.call(&number, SID).await.unwrap().unwrap().outcome, CallOutcome::Completed);
}
