//! What the people who run the server are told, and on which listener.

use std::{collections::BTreeSet, fs, path::Path};

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

/// One of each that is counted by its labels, of which nothing is told before.
async fn is_used(app: &TestApp) {
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

    is_used(&app).await;
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

/// What dashboard and alerts ask for is told, and what is told is described.
#[tokio::test]
async fn every_figure_that_is_asked_for_is_told_and_every_one_is_described() {
    let (app, operations) = started().await;
    is_used(&app).await;
    let text = app.client.get(format!("{operations}/{}", paths::METRICS)).send().await.unwrap();
    let text = text.text().await.unwrap();
    let mut told = BTreeSet::new();
    let mut figures = BTreeSet::new();
    for line in text.lines().filter_map(|line| line.strip_prefix("# TYPE ")) {
        let (name, kind) = line.split_once(' ').unwrap();
        let ends: &[&str] = match kind {
            "counter" => &["_total"],
            "info" => &["_info"],
            "histogram" => &["_bucket", "_count", "_sum"],
            "gauge" => &[""],
            other => panic!("{other}"),
        };
        told.extend(ends.iter().map(|end| format!("{name}{end}")));
        figures.insert(format!("{name}{}", if kind == "histogram" { "" } else { ends[0] }));
    }
    assert!(told.len() > 15, "{text}");

    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let read = |path: &str| fs::read_to_string(root.join(path)).unwrap();
    for (path, least) in [
        ("deploy/grafana/sidetone.json", 12),
        ("deploy/prometheus/alerts.yaml", 10),
        ("tests/alerts.yaml", 10),
    ] {
        let asked: BTreeSet<_> = names(&read(path)).collect();
        assert!(asked.len() >= least, "{path}: {asked:?}");
        let missing: Vec<_> = asked.difference(&told).collect();
        assert!(missing.is_empty(), "{path} asks for what {} does not tell: {missing:?}", paths::METRICS);
    }
    let document = read("docs/operations.md");
    let rows = document.lines().filter_map(|line| line.strip_prefix("| `")?.split_once(" | "));
    let described: BTreeSet<_> = rows.flat_map(|(name, _)| names(name).collect::<Vec<_>>()).collect();
    assert_eq!(described, figures, "docs/operations.md and {}", paths::METRICS);
}

/// Names of figures in a text.
fn names(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    words.filter(|word| word.starts_with("sidetone_") || word.starts_with("process_")).map(str::to_owned)
}

#[tokio::test]
async fn figures_tell_of_the_process_and_of_who_waits_for_events() {
    let (app, operations) = started().await;
    let figures = async || {
        let response = app.client.get(format!("{operations}/{}", paths::METRICS)).send().await.unwrap();
        response.text().await.unwrap()
    };
    let cookie = app.session_of(LINE).await;
    let text = figures().await;
    assert!((figure(&text, "sidetone_event_streams") - 0.0).abs() < f64::EPSILON, "{text}");
    let version = format!("sidetone_build_info{{version=\"{}\"}} 1", env!("CARGO_PKG_VERSION"));
    assert!(text.lines().any(|line| line == version), "{text}");
    let (memory, open, most) = (
        figure(&text, "process_resident_memory_bytes"),
        figure(&text, "process_open_fds"),
        figure(&text, "process_max_fds"),
    );
    assert!(memory > 1e6 && open > 3.0 && open < most, "{text}");
    let since = backend::clock::now_s() as f64 - figure(&text, "process_start_time_seconds");
    assert!((0.0..3600.0).contains(&since), "{text}");

    let mut stream = app.get(paths::EVENTS, &cookie).await;
    assert_eq!(stream.status(), 200);
    stream.chunk().await.unwrap();
    let text = figures().await;
    assert!((figure(&text, "sidetone_event_streams") - 1.0).abs() < f64::EPSILON, "{text}");
    // The first look at the database has been by now: the stream has said something.
    let heard = async {
        while figure(&figures().await, "sidetone_listener_hears") < 1.0 {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(30), heard).await.unwrap();
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
