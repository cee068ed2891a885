//! What the people who run the server are told, and on which listener.

use backend::{
    lines::Credential,
    sign_in::{one_time_code, passcode},
};
use futures_util::future::join_all;
use reqwest::header;
use secrecy::ExposeSecret;
use shared::api::paths;

use crate::helpers::{CHILD, LINE, OTHER_LINE, PARENT, TestApp, refused, settings};

async fn started() -> (TestApp, String) {
    let mut settings = settings();
    settings.network.operations_bind = Some(([127, 0, 0, 1], 0).into());
    let app = TestApp::start_with(settings).await;
    let operations = format!("http://{}", app.server.operations_address().unwrap());
    (app, operations)
}

/// The value of a line of the figures.
fn figure(text: &str, name: &str) -> f64 {
    let line = text.lines().find_map(|line| line.strip_prefix(name));
    line.map_or(0.0, |value| value.trim().parse().unwrap())
}

#[tokio::test]
async fn figures_tell_what_happened_and_name_nobody() {
    let (app, operations) = started().await;
    let metrics = async || {
        let response = app.client.get(format!("{operations}/{}", paths::METRICS)).send().await.unwrap();
        assert_eq!(response.status(), 200);
        assert!(response.headers()[header::CONTENT_TYPE].to_str().unwrap().contains("openmetrics-text"));
        response.text().await.unwrap()
    };
    assert!(metrics().await.ends_with("# EOF\n"));

    app.session_of(LINE).await;
    assert_eq!(app.sign_in(LINE, "wrong horse").await.status(), 401);
    app.get("api/calls/CA0000000000000000000000000000dead", "").await;
    app.get("no/such/page", "").await;
    app.client.request("BREW".parse().unwrap(), app.url(paths::SESSION)).send().await.unwrap();
    let unsigned = app.posted(paths::CALL_INCOMING, &[("CallSid", PARENT)]).send().await.unwrap();
    assert_eq!(unsigned.status(), 403);
    let over = [
        ("CallSid", PARENT),
        ("DialCallSid", CHILD),
        ("From", "+819059876543"),
        ("To", LINE),
        ("Direction", "inbound"),
        ("DialCallStatus", "busy"),
    ];
    app.twiml(paths::DIAL_ACTION, &over).await;
    let from = format!("client:{}", app.line.client_name);
    app.twiml(paths::CALL_OUTGOING, &[("CallSid", CHILD), ("From", &from), ("To", "110")]).await;

    let text = metrics().await;
    for (name, least) in [
        ("sidetone_requests_total{route=\"api/session\",method=\"POST\",status=\"200\"}", 1.0),
        ("sidetone_requests_total{route=\"api/session\",method=\"other\",status=\"405\"}", 1.0),
        ("sidetone_requests_total{route=\"api/calls/{call}\",method=\"GET\",status=\"401\"}", 1.0),
        ("sidetone_requests_total{route=\"page\",method=\"GET\",status=\"404\"}", 1.0),
        ("sidetone_request_seconds_count{route=\"twilio/dial_action\"}", 1.0),
        ("sidetone_sign_ins_total{outcome=\"signed_in\"}", 1.0),
        ("sidetone_sign_ins_total{outcome=\"refused\"}", 1.0),
        ("sidetone_refused_signatures_total", 1.0),
        ("sidetone_calls_total{direction=\"incoming\",outcome=\"busy\"}", 1.0),
        ("sidetone_calls_total{direction=\"outgoing\",outcome=\"refused\"}", 1.0),
    ] {
        assert!((figure(&text, name) - least).abs() < f64::EPSILON, "{name} in:\n{text}");
    }
    for private in [LINE, OTHER_LINE, "9059876543", "dead", "BREW", &app.line.client_name] {
        assert!(!text.contains(private.trim_start_matches('+')), "{private} is in:\n{text}");
    }
}

#[tokio::test]
async fn the_public_listener_knows_nothing_of_it_and_this_one_nothing_else() {
    let (app, operations) = started().await;
    for path in [paths::METRICS, paths::READY] {
        refused(app.get(path, "").await, 404, "not_found").await;
        assert_eq!(
            app.client.get(format!("{operations}/{path}")).send().await.unwrap().status(),
            200,
            "{path}"
        );
    }
    assert_eq!(app.client.get(format!("{operations}/healthz")).send().await.unwrap().status(), 200);
    for path in [paths::SESSION, paths::CALL_INCOMING, "", "index.html"] {
        let response = app.client.get(format!("{operations}/{path}")).send().await.unwrap();
        assert_eq!(response.status(), 404, "{path}");
    }
    assert!(TestApp::start().await.server.operations_address().is_none(), "off unless asked for");
}

/// A figure comes from what happened: statuses say less.
#[tokio::test]
async fn figures_tell_what_failed_and_not_what_status_it_had() {
    let (app, operations) = started().await;
    let figures = async || {
        let response = app.client.get(format!("{operations}/{}", paths::METRICS)).send().await.unwrap();
        response.text().await.unwrap()
    };
    let sign_ins =
        |text: &str, outcome| figure(text, &format!("sidetone_sign_ins_total{{outcome=\"{outcome}\"}}"));

    // Another site's page, and one that says neither: 403, but nobody was asked for more.
    let stranger = reqwest::Client::new();
    let body = serde_json::json!({"phone_number": LINE, "passcode": "x"});
    let request = stranger.post(app.url(paths::SESSION)).header("origin", "https://evil.example");
    let request = request.header(header::CONTENT_TYPE, "application/json").body(body.to_string());
    refused(request.send().await.unwrap(), 403, "forbidden").await;
    app.post_json(paths::SESSION, &serde_json::json!({"phone_number": 1})).await;

    // A crowd: 503, but the database works.
    let numbers: Vec<_> = (0..120).map(|n| format!("+81905987{n:04}")).collect();
    let crowd = join_all(numbers.iter().map(|number| app.sign_in(number, "wrong horse"))).await;
    let turned_away: Vec<_> = crowd.into_iter().filter(|answer| answer.status() == 503).collect();
    let count = turned_away.len() as f64;
    assert!(count >= 1.0, "nobody was turned away");
    for answer in turned_away {
        assert_eq!(answer.headers()[header::RETRY_AFTER], "5");
        let words = refused(answer, 503, "busy").await;
        assert!(!words.contains("database"), "{words}");
    }
    let text = figures().await;
    assert!((sign_ins(&text, "turned_away") - count).abs() < f64::EPSILON, "{text}");
    for (name, value) in [
        ("sidetone_store_failures_total", figure(&text, "sidetone_store_failures_total")),
        ("sidetone_refused_signatures_total", figure(&text, "sidetone_refused_signatures_total")),
        ("more_needed", sign_ins(&text, "more_needed")),
        ("failed", sign_ins(&text, "failed")),
    ] {
        assert!(value.abs() < f64::EPSILON, "{name} in:\n{text}");
    }

    // A one-time code that is right.
    let code = one_time_code::generate().unwrap();
    let hash = passcode::hash(&one_time_code::normalise(&code)).unwrap();
    let credential = Credential::OneTimeCode { hash, expires_at: i64::MAX };
    app.server.store().set_credential(&app.line.phone_number, &credential).await.unwrap();
    refused(app.sign_in(LINE, code.expose_secret()).await, 403, "new_passcode_needed").await;
    assert!((sign_ins(&figures().await, "more_needed") - 1.0).abs() < f64::EPSILON);
}
