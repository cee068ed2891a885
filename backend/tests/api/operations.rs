//! What the people who run the server are told, and on which listener.

use reqwest::header;
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
