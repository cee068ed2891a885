//! What strangers can make the server write into its log, by whatever they send as often as they like: next to nothing.
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

use backend::{config::OpenIdSettings, telemetry};
use helpers::{CHILD, LINE, TestApp, settings};
use log::Log;
use reqwest::{Method, RequestBuilder, header};
use shared::api::paths;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// As many of each kind; as many lines of any would show.
const TIMES: usize = 300;

#[tokio::test]
async fn strangers_write_next_to_nothing_into_the_log() {
    let log = Log::default();
    log.listens(telemetry::filter("info"));
    let mut settings = settings();
    settings.openid = Some(OpenIdSettings {
        issuer: "http://127.0.0.1:9".into(),
        client_id: "sidetone".into(),
        client_secret: "secret".to_owned().into(),
        name: "Nobody".into(),
    });
    let started = TestApp::start_with(settings).await;
    let app = &started;
    // Before anybody knows that there is a line: what is refused for it is noted, so often and no more.
    for _ in 0..12 {
        app.sign_in(LINE, "wrong horse").await;
    }

    let ask = |method: Method, path: &str| app.client.request(method, app.url(path));
    let sign_in = |number: String| {
        let body = serde_json::json!({"phone_number": number, "passcode": "wrong horse"}).to_string();
        ask(Method::POST, paths::SESSION).header(header::CONTENT_TYPE, "application/json").body(body)
    };
    let form = |n: usize| [("CallSid", CHILD.to_owned()), ("AccountSid", format!("AC{n:032x}"))];
    let forged = |n: usize| {
        let form = form(n);
        let form: Vec<_> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
        app.posted(paths::CALL_INCOMING, &form).header("X-Twilio-Signature", helpers::sign("x", &[]))
    };
    type Asked<'a> = Box<dyn Fn(usize) -> RequestBuilder + 'a>;
    let kinds: Vec<(&str, Asked)> = vec![
        ("unsigned", Box::new(|_| app.posted(paths::CALL_STATUS, &[("CallSid", CHILD)]))),
        ("forged", Box::new(forged)),
        (
            "forged GET",
            Box::new(|n| {
                let path = format!("{}?From=a%27b%3A{n}", paths::CALL_OUTGOING);
                ask(Method::GET, &path).header("X-Twilio-Signature", helpers::sign("x", &[]))
            }),
        ),
        (
            "another host",
            Box::new(|n| {
                forged(n)
                    .header("X-Forwarded-Host", format!("h{n}.example"))
                    .header("X-Forwarded-Proto", "https")
            }),
        ),
        ("not there", Box::new(|n| ask(Method::GET, &format!("api/{n}")))),
        ("not there, below twilio", Box::new(|n| ask(Method::POST, &format!("twilio/{n}")))),
        (
            "an invented session",
            Box::new(|n| {
                ask(Method::GET, paths::DEVICES).header(header::COOKIE, format!("sidetone_session={n:064x}"))
            }),
        ),
        ("no session", Box::new(|_| ask(Method::POST, paths::TOKEN))),
        ("the page", Box::new(|_| ask(Method::GET, ""))),
        ("is it alive", Box::new(|_| ask(Method::GET, paths::HEALTH))),
        ("nobody", Box::new(|_| ask(Method::GET, paths::SESSION))),
        ("options", Box::new(|_| ask(Method::GET, paths::SIGN_IN_OPTIONS))),
        ("an invented method", Box::new(|n| ask(format!("BREW{n}").parse().unwrap(), paths::SESSION))),
        (
            "another site",
            Box::new(|n| {
                let request = reqwest::Client::new().delete(app.url(paths::SESSION));
                request.header("origin", format!("https://evil{n}.example"))
            }),
        ),
        ("too large", Box::new(|_| ask(Method::POST, paths::SESSION).body("x".repeat(70_000)))),
        (
            "not JSON",
            Box::new(|n| {
                ask(Method::POST, paths::SESSION)
                    .header(header::CONTENT_TYPE, "application/json")
                    .body(n.to_string())
            }),
        ),
        ("OpenID, begun", Box::new(|_| ask(Method::GET, paths::OPENID_START))),
        (
            "OpenID, made up",
            Box::new(|n| ask(Method::GET, &format!("{}?code=c&state={n}", paths::OPENID_CALLBACK))),
        ),
        ("throttled", Box::new(|_| sign_in(LINE.to_owned()))),
    ];
    for (kind, request) in &kinds {
        let before = log.text().len();
        for n in 0..TIMES {
            request(n).send().await.unwrap();
        }
        let written = log.text()[before..].to_owned();
        assert!(written.len() < 3_000, "{kind}: {} bytes, such as:\n{}", written.len(), &written[..2_000]);
    }
    // These cost a passcode check each.
    let before = log.text().len();
    for n in 0..60 {
        sign_in(format!("+8190{n:08}")).send().await.unwrap();
    }
    for _ in 0..TIMES {
        let mut socket = TcpStream::connect(app.server.address()).await.unwrap();
        socket.write_all(b"\x16\x03\x01 TLS, or no HTTP at all\r\n\r\n").await.unwrap();
        drop(socket.read_to_end(&mut Vec::new()).await);
    }
    let written = log.text()[before..].to_owned();
    assert!(written.len() < 3_000, "{} bytes, such as:\n{}", written.len(), &written[..2_000]);

    // Nobody who is signed in is a stranger: each of theirs is told.
    let cookie = app.session_of(helpers::OTHER_LINE).await;
    let before = log.text().len();
    for _ in 0..5 {
        app.get(paths::DEVICES, &cookie).await;
    }
    assert_eq!(log.text()[before..].matches(paths::DEVICES).count(), 5);
    let entries = app.server.store().audit(0, None).await.unwrap();
    assert!(entries.len() < 20, "{} entries of the audit log", entries.len());

    // What was not told is counted, at the latest at the end.
    drop(kinds);
    started.server.stop().await;
    let text = log.text();
    for counted in [
        "again and again: refused requests that Twilio did not sign (no signature) times=299",
        "again and again: POST twilio/call_status from strangers, answered with 403 times=299",
        "again and again: GET api/devices from strangers, answered with 401 times=299",
    ] {
        assert!(text.contains(counted), "{counted} in:\n{text}");
    }
    // Who opens the page, asks who is signed in, or looks whether the server is well, has done nothing that anybody should
    // care about.
    for status in ["200", "204", "302", "303", "304"] {
        let counted = format!("answered with {status}");
        assert!(!text.contains(&counted), "{counted} in:\n{text}");
    }
}
