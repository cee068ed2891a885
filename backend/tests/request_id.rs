//! Every line that is logged for a request has the request's id, also where work goes on beside it; and its answer has it.
//! A program of its own, because the log is the process's.

#![expect(
    clippy::unwrap_used,
    reason = "helpers of tests, outside the functions that clippy takes for tests"
)]

#[path = "api/databases.rs"]
mod databases;
#[path = "api/helpers.rs"]
#[expect(dead_code, reason = "shared with the tests of the HTTP surface, which use all of it")]
mod helpers;
#[path = "helpers/log.rs"]
mod log;

use std::collections::BTreeSet;

use backend::telemetry;
use helpers::{CHILD, LINE, OTHER_LINE, PARENT, PASSCODE, TestApp, settings};
use log::Log;
use reqwest::{Method, RequestBuilder, Response, header};
use serde_json::json;
use shared::api::paths;

const ID: &str = "x-request-id";

fn id_of(response: &Response) -> String {
    response.headers()[ID].to_str().unwrap().to_owned()
}

#[tokio::test]
async fn every_line_of_a_request_and_its_answer_have_its_id() {
    let log = Log::default();
    // Lines of one part of the program only are no reason to leave it out.
    log.listens(telemetry::filter("error,backend=debug,actix_http=off"));
    let mut settings = settings();
    settings.network.operations_bind = Some(([127, 0, 0, 1], 0).into());
    let app = TestApp::start_with(settings).await;
    let begin = log.text().len();

    // Whatever is asked, and whatever comes of it.
    let ask = |method: Method, path: &str| app.client.request(method, app.url(path));
    let sign_in = |passcode: &str| {
        let body = json!({"phone_number": LINE, "passcode": passcode}).to_string();
        ask(Method::POST, paths::SESSION).header(header::CONTENT_TYPE, "application/json").body(body)
    };
    let incoming = [("CallSid", PARENT), ("From", "+819059876543"), ("To", LINE)];
    let from = format!("client:{}", app.line.client_name);
    let refused = [("CallSid", CHILD), ("From", from.as_str()), ("To", "110")];
    let operations = format!("http://{}", app.server.operations_address().unwrap());
    let asked: Vec<(u16, RequestBuilder)> = vec![
        (200, sign_in(PASSCODE)),
        (401, sign_in("wrong horse")),
        (200, app.twilio(paths::CALL_INCOMING, &incoming)),
        (200, app.twilio(paths::CALL_OUTGOING, &refused)),
        (403, app.posted(paths::CALL_STATUS, &[("CallSid", CHILD)])),
        (404, ask(Method::GET, "api/nothing")),
        (405, ask(Method::PUT, paths::SESSION)),
        (413, ask(Method::POST, paths::SESSION).body("x".repeat(70_000))),
        (200, ask(Method::GET, paths::HEALTH)),
        (200, app.client.get(format!("{operations}/{}", paths::READY))),
    ];
    let mut ids = BTreeSet::new();
    for (status, request) in asked {
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), status, "{}", response.url());
        ids.insert(id_of(&response));
    }
    assert_eq!(ids.len(), 10, "each has an id of its own");
    // What is noted beside the answer.
    app.audit_when(LINE, |log| log.iter().any(|(kind, _)| kind == "call_refused")).await;
    app.audit_when(LINE, |log| log.iter().any(|(kind, _)| kind == "sign_in_refused")).await;

    let text = log.text()[begin..].to_owned();
    assert!(text.lines().count() > 10, "{text}");
    for told in ["incoming call", "outgoing call refused", "audit", "X-Twilio-Signature", "request"] {
        assert!(text.contains(told), "{told} in:\n{text}");
    }
    for line in text.lines() {
        let has_one = ids.iter().any(|id| line.contains(&format!("request_id={id}")));
        assert!(has_one, "no id of a request in: {line}");
    }

    // A proxy's own, and whatever comes from elsewhere is none.
    let given = async |request: RequestBuilder| id_of(&request.send().await.unwrap());
    let page = || ask(Method::GET, paths::HEALTH);
    assert_eq!(given(page().header(ID, "of-nginx.1")).await, "of-nginx.1");
    assert_ne!(given(page().header(ID, "two words")).await, "two words");
    assert_ne!(given(page().header(ID, "one").header(ID, "two")).await, "one");
    let begin = log.text().len();
    app.session_of(OTHER_LINE).await;
    let named = ask(Method::POST, paths::TOKEN).header(ID, "of-nginx.2").send().await.unwrap();
    assert_eq!((named.status().as_u16(), id_of(&named).as_str()), (401, "of-nginx.2"));
    app.server.stop().await;
    assert!(log.text()[begin..].contains("request_id=of-nginx.2"));
}
