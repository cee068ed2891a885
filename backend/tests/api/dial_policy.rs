//! Whom a line may dial and how much, as Twilio and the softphone are told.

use std::collections::BTreeMap;

use backend::{
    config::{Dial, Settings},
    dialling::{number_facts::Territory, policy::Countries},
};
use proptest::{
    prelude::*,
    test_runner::{Config, TestRunner},
};
use quick_xml::{Reader, events::Event};
use serde_json::{Value, json};
use shared::{PhoneNumber, api::paths};

use crate::helpers::{LINE, OTHER_LINE, TestApp, refused, settings};

pub(crate) const MOBILE: &str = "+819059876543";

fn sid(i: usize) -> String {
    format!("CA{i:032x}")
}

pub(crate) fn settings_with(change: impl FnOnce(&mut Dial)) -> Settings {
    let mut settings = settings();
    change(&mut settings.dial);
    settings
}

/// The TwiML for a call of the line.
pub(crate) async fn dials(app: &TestApp, i: usize, to: &str) -> String {
    let from = format!("client:{}", app.line.client_name);
    app.twiml(paths::CALL_OUTGOING, &[("CallSid", &sid(i)), ("From", &from), ("To", to)]).await
}

/// Twilio's report that a call of the line is over.
pub(crate) async fn ends(app: &TestApp, i: usize, status: &str, duration_s: &str) {
    let from = format!("client:{}", app.line.client_name);
    let params = [
        ("CallSid", sid(i)),
        ("From", from),
        ("To", MOBILE.to_owned()),
        ("DialCallSid", sid(1000 + i)),
        ("DialCallStatus", status.to_owned()),
        ("DialCallDuration", duration_s.to_owned()),
    ];
    let params: Vec<_> = params.iter().map(|(name, value)| (*name, value.as_str())).collect();
    app.twiml(paths::DIAL_ACTION, &params).await;
}

/// Why the softphone is told that the number would not be dialled.
pub(crate) async fn check(app: &TestApp, cookie: &str, to: &str) -> Value {
    let request = app
        .client
        .post(app.url(paths::DIAL_CHECK))
        .header("Content-Type", "application/json")
        .header("Cookie", cookie)
        .body(json!({"to": to}).to_string());
    let response = request.send().await.unwrap();
    assert_eq!(response.status(), 200);
    let answer: Value = serde_json::from_str(&response.text().await.unwrap()).unwrap();
    answer["refusal"].clone()
}

fn time_limit(twiml: &str) -> u32 {
    let (_, rest) = twiml.split_once("timeLimit=\"").unwrap_or_else(|| panic!("no Dial: {twiml}"));
    rest.split('"').next().unwrap().parse().unwrap()
}

/// Element names, with attributes and the text inside.
fn elements(twiml: &str) -> Vec<(String, BTreeMap<String, String>, String)> {
    let mut reader = Reader::from_str(twiml);
    let mut all: Vec<(String, BTreeMap<String, String>, String)> = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) | Event::Empty(tag) => {
                let attributes = tag.attributes().map(|attribute| {
                    let attribute = attribute.unwrap();
                    let name = attribute.key.0.to_owned();
                    (name, attribute.value.to_string())
                });
                let attributes = attributes.collect();
                let name = tag.name().0.to_owned();
                all.push((name, attributes, String::new()));
            }
            Event::Text(text) => {
                if let Some((_, _, inside)) = all.last_mut() {
                    inside.push_str(&text);
                }
            }
            Event::GeneralRef(_) => {
                if let Some((_, _, inside)) = all.last_mut() {
                    inside.push('&');
                }
            }
            Event::Eof => return all,
            _ => {}
        }
    }
}

#[tokio::test]
async fn what_is_not_allowed_is_refused_alike_by_check_and_by_call() {
    let app = TestApp::start().await;
    let cookie = app.session_of(LINE).await;
    for (i, (to, reason)) in [
        ("+12125550110", "country_not_allowed"),
        ("+18765551234", "country_not_allowed"),
        ("0990-123-456", "premium_number"),
        ("+449012345678", "premium_number"),
        ("+870773123456", "satellite_number"),
        ("+447700900123", "invalid_number"),
        ("110", "emergency_number"),
        ("0570-012-345", "premium_number"),
        ("117", "short_number"),
        ("12", "invalid_number"),
        (LINE, "own_number"),
    ]
    .into_iter()
    .enumerate()
    {
        assert_eq!(check(&app, &cookie, to).await, reason, "{to}");
        let twiml = dials(&app, i, to).await;
        assert!(twiml.contains("<Say>") && !twiml.contains("<Dial"), "{to}: {twiml}");
        assert_eq!(app.call(&cookie, &sid(i)).await["outcome"]["reason"], reason, "{to}");
    }
    for to in ["090-5987-6543", "0120-123-456", OTHER_LINE] {
        assert_eq!(check(&app, &cookie, to).await, Value::Null, "{to}");
    }
    assert!(dials(&app, 100, OTHER_LINE).await.contains("</Client>"), "another line needs no permission");
}

#[tokio::test]
async fn a_check_needs_a_session_and_the_same_origin() {
    let app = TestApp::start().await;
    let question = json!({"to": MOBILE});
    refused(app.post_json(paths::DIAL_CHECK, &question).await, 401, "signed_out").await;
    let cookie = app.session_of(LINE).await;
    for (body, status, code) in [
        (json!({"to": 110}), 400, "bad_request"),
        (json!({}), 400, "bad_request"),
        (json!({"to": MOBILE, "from": OTHER_LINE}), 400, "bad_request"),
    ] {
        let request = app
            .client
            .post(app.url(paths::DIAL_CHECK))
            .header("Content-Type", "application/json")
            .header("Cookie", &cookie)
            .body(body.to_string());
        refused(request.send().await.unwrap(), status, code).await;
    }
    let elsewhere = reqwest::Client::new()
        .post(app.url(paths::DIAL_CHECK))
        .header("Content-Type", "application/json")
        .header("Origin", "https://evil.example")
        .header("Cookie", &cookie)
        .body(question.to_string());
    refused(elsewhere.send().await.unwrap(), 403, "forbidden").await;
}

#[tokio::test]
async fn a_line_has_so_many_calls_at_once() {
    let app = TestApp::start().await;
    let cookie = app.session_of(LINE).await;
    let first = dials(&app, 1, MOBILE).await;
    assert!(first.contains("<Number"), "{first}");
    assert_eq!(dials(&app, 1, MOBILE).await, first, "Twilio asks again and gets the same answer");
    assert!(dials(&app, 2, OTHER_LINE).await.contains("<Client"), "a call to another line is one too");
    assert_eq!(check(&app, &cookie, MOBILE).await, "too_many_calls");
    assert!(!dials(&app, 3, MOBILE).await.contains("<Dial"));
    assert_eq!(app.call(&cookie, &sid(3)).await["outcome"]["reason"], "too_many_calls");

    ends(&app, 1, "no-answer", "").await;
    assert_eq!(check(&app, &cookie, MOBILE).await, Value::Null);
    assert!(!dials(&app, 3, MOBILE).await.contains("<Dial"), "a refused call stays refused");
    assert!(dials(&app, 4, MOBILE).await.contains("<Number"));
}

#[tokio::test]
async fn twenty_calls_at_once_get_no_more_than_there_is() {
    let app = TestApp::start_with(settings_with(|dial| {
        dial.calls_at_once = 20;
        dial.minutes_per_day = 600;
    }))
    .await;
    let calls = (0..20).map(|i| {
        let app = &app;
        async move { dials(app, i, MOBILE).await }
    });
    let twimls = futures_util::future::join_all(calls).await;
    let granted: u32 = twimls.iter().filter(|twiml| twiml.contains("<Dial")).map(|t| time_limit(t)).sum();
    assert_eq!(granted, 600 * 60);
}

#[tokio::test]
async fn minutes_are_spent_and_calls_are_cut_to_what_is_left() {
    let app = TestApp::start_with(settings_with(|dial| {
        dial.minutes_per_day = 10;
        dial.server_minutes_per_day = 15;
    }))
    .await;
    let (cookie, others) = (app.session_of(LINE).await, app.session_of(OTHER_LINE).await);
    assert_eq!(time_limit(&dials(&app, 1, MOBILE).await), 600);
    assert_eq!(check(&app, &cookie, MOBILE).await, "line_minutes_spent", "all are held by the first call");
    assert_eq!(check(&app, &cookie, OTHER_LINE).await, Value::Null, "calls between lines use none");
    ends(&app, 1, "completed", "421").await;
    assert_eq!(time_limit(&dials(&app, 2, MOBILE).await), 120, "421 s are billed as 8 minutes");
    ends(&app, 2, "completed", "120").await;
    let twiml = dials(&app, 3, MOBILE).await;
    assert!(twiml.contains("used its minutes") && !twiml.contains("<Dial"), "{twiml}");

    let from = format!("client:{}", app.other_line.client_name);
    let params = [("CallSid", &*sid(4)), ("From", &from), ("To", "+12125550110")];
    assert_eq!(time_limit(&app.twiml(paths::CALL_OUTGOING, &params).await), 300, "what the server has left");
    assert_eq!(check(&app, &others, "+12125550110").await, "server_minutes_spent");
}

#[tokio::test]
async fn a_request_that_cannot_be_counted_is_refused() {
    let app = TestApp::start().await;
    let from = format!("client:{}", app.line.client_name);
    for sids in [vec![], vec![("CallSid", "nonsense")], vec![("CallSid", &*sid(1)), ("CallSid", &*sid(2))]] {
        let mut params = vec![("From", from.as_str()), ("To", MOBILE)];
        params.extend(sids);
        let twiml = app.twiml(paths::CALL_OUTGOING, &params).await;
        assert!(!twiml.contains("<Dial"), "{twiml}");
    }
}

/// The browser chooses every parameter but `From` and `CallSid`. Whatever it chooses, the document dials one ordinary
/// number of an allowed country, or one line, with the line's own number as caller id, or it dials nothing.
#[test]
fn whatever_the_browser_sends_only_an_allowed_number_or_a_line_is_dialled() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let app = runtime.block_on(TestApp::start_with(settings_with(|dial| {
        let codes = ["JP", "GB"];
        dial.countries =
            Countries::These(codes.iter().map(|code| Territory::from_code(code).unwrap()).collect());
        dial.calls_at_once = 100;
        dial.minutes_per_day = 144_000;
        dial.server_minutes_per_day = 10_000_000;
    })));
    let hostile = vec![
        "client:line_a",
        "sip:1@evil.example",
        "sips:1@evil.example",
        "conference:x",
        "+819059876543</Number><Number>+18765551234",
        "+819059876543\"/><Dial>+18765551234</Dial>",
        "+819059876543,+18765551234",
        "+819059876543;ext=5",
        "+819059876543wwww1",
        "<Number>+819059876543</Number>",
        "&lt;Number&gt;",
        "]]><Dial>+18765551234</Dial>",
        "+18765551234",
        "+19005551234",
        "\u{0}+819059876543",
        "+819059876543\r\nTo: +18765551234",
        "０９０-５９８７-６５４３",
        "tel:+81-90-5987-6543;phone-context=+1",
    ];
    let to = prop_oneof![
        prop::sample::select(hostile).prop_map(str::to_owned),
        "\\PC{0,60}",
        "\\+(1|44|81|7|870|882)[0-9]{6,11}",
        "[0-9*#+ ()<>&\"'-]{0,24}",
        Just(app.other_line.client_name.clone()),
        Just(OTHER_LINE.to_owned()),
    ];
    let name = prop::sample::select(vec![
        "CallerId",
        "callerId",
        "Caller",
        "From2",
        "To2",
        "Called",
        "client_name",
        "Url",
        "TwiML",
        "timeLimit",
        "Digits",
    ]);
    let extra = prop::collection::vec((name, "\\PC{0,30}|\\+1[0-9]{10}"), 0..4);
    let mut runner = TestRunner::new(Config { cases: 300, ..Config::default() });
    let allowed = ["JP", "GB"].map(|code| Territory::from_code(code).unwrap());
    let from = format!("client:{}", app.line.client_name);
    let counter = std::cell::Cell::new(0_usize);
    runner
        .run(&(to, extra), |(to, extra)| {
            counter.set(counter.get() + 1);
            let i = counter.get();
            let call_sid = sid(i);
            let mut params = vec![("CallSid", call_sid.as_str()), ("From", &from), ("To", &to)];
            params.extend(extra.iter().map(|(name, value)| (*name, value.as_str())));
            let twiml = runtime.block_on(app.twiml(paths::CALL_OUTGOING, &params));
            let elements = elements(&twiml);
            let names: Vec<_> = elements.iter().map(|(name, _, _)| name.as_str()).collect();
            // Nobody dialled is a test of the connection.
            if names == ["Response", "Say", "Hangup"] || to.is_empty() && names[2] == "Pause" {
                return Ok(());
            }
            prop_assert_eq!(&names[..2], &["Response", "Dial"], "{}", twiml);
            prop_assert_eq!(names.len(), 3);
            prop_assert_eq!(elements[1].1.get("callerId").map(String::as_str), Some(LINE));
            let (name, _, dialled) = &elements[2];
            if name == "Client" {
                prop_assert_eq!(dialled, &app.other_line.client_name);
            } else {
                prop_assert_eq!(name, "Number");
                let number = PhoneNumber::from_e164(dialled).unwrap();
                let facts = backend::dialling::number_facts::NumberFacts::of(&number).unwrap();
                prop_assert!(allowed.iter().any(|territory| facts.is_of(*territory)), "{}", dialled);
                prop_assert_eq!(facts.kind(), backend::dialling::number_facts::Kind::Ordinary);
            }
            runtime.block_on(ends(&app, i, "completed", "0"));
            Ok(())
        })
        .unwrap();
}
