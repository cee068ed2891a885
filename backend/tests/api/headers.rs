//! What every answer tells the browser.

use std::{fs, net::SocketAddr, time::Duration};

use backend::{config::PublicUrl, page_source::PageSource};
use reqwest::header;
use shared::api::paths;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::helpers::{LINE, TestApp, settings};

#[tokio::test]
async fn every_answer_has_the_security_headers() {
    let app = TestApp::start().await;
    for path in
        ["", paths::HEALTH, "api/nothing", paths::SESSION, paths::CALL_INCOMING, "sounds/incoming.wav"]
    {
        let response = app.get(path, "").await;
        let header = |name: &str| response.headers()[name].to_str().unwrap();
        assert_eq!(header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(header("referrer-policy"), "no-referrer", "{path}");
        assert_eq!(header(paths::OWN_HEADER), "1", "{path}: nobody could tell it from a proxy's");
        assert_eq!(header("cross-origin-opener-policy"), "same-origin", "{path}");
        assert_eq!(header("cross-origin-resource-policy"), "same-origin", "{path}");
        assert!(header("permissions-policy").contains("microphone=(self)"), "{path}");
        assert!(header("permissions-policy").contains("camera=()"), "{path}");
        let policy = header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'"), "{path}: {policy}");
        assert!(policy.contains("frame-ancestors 'none'"), "{path}: {policy}");
        assert!(
            !response.headers().contains_key(header::STRICT_TRANSPORT_SECURITY),
            "{path}: there is no TLS"
        );
    }
}

#[tokio::test]
async fn answers_of_the_api_are_kept_by_nobody() {
    let app = TestApp::start().await;
    let cookie = app.session_of(LINE).await;
    for path in [paths::SESSION, "api/calls/CA00000000000000000000000000000009", "api/nothing", paths::DEMO] {
        let response = app.get(path, &cookie).await;
        assert_eq!(response.headers()[header::CACHE_CONTROL], "no-store", "{path}");
    }
    let token = app.client.post(app.url(paths::TOKEN)).header(header::COOKIE, &cookie).send().await.unwrap();
    assert_eq!(token.status(), 200);
    assert_eq!(token.headers()[header::CACHE_CONTROL], "no-store");
}

#[tokio::test]
async fn with_https_browsers_stay_with_it_and_the_cookie_too() {
    let mut settings = settings();
    settings.public_url = PublicUrl::parse("https://phone.example.com/prod").unwrap();
    let app = TestApp::start_with(settings).await;
    let at = |path: &str| format!("http://{}/{path}", app.server.address());
    let page = app.client.get(at(paths::HEALTH)).send().await.unwrap();
    assert_eq!(page.headers()[header::STRICT_TRANSPORT_SECURITY], "max-age=31536000");
    let sign_in = app.client.post(at(paths::SESSION)).header(header::CONTENT_TYPE, "application/json");
    let body = serde_json::json!({ "phone_number": LINE, "passcode": crate::helpers::PASSCODE });
    let sign_in = sign_in.body(body.to_string()).send().await.unwrap();
    assert_eq!(sign_in.status(), 200);
    let cookie = sign_in.headers()[header::SET_COOKIE].to_str().unwrap();
    for attribute in ["Secure", "HttpOnly", "SameSite=Strict", "Path=/prod/"] {
        assert!(cookie.contains(attribute), "{attribute} in {cookie}");
    }
}

/// A browser that asks whether the page has changed must hear of a new policy.
#[tokio::test]
async fn the_page_names_its_scripts_and_a_new_policy_is_a_new_page() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("index.html"), "<head></head><script>one()</script>").unwrap();
    let page_of = async |edge: &str| {
        let mut settings = settings();
        settings.page = PageSource::Folder(dir.path().to_owned());
        settings.edges = vec![edge.to_owned()];
        let app = TestApp::start_with(settings).await;
        let page = app.get("", "").await;
        let header = |name: &str| page.headers()[name].to_str().unwrap().to_owned();
        (header("content-security-policy"), header("etag"))
    };
    let (tokyo, tokyo_etag) = page_of("tokyo").await;
    assert!(tokyo.contains("wss://voice-js.tokyo.twilio.com"), "{tokyo}");
    assert!(tokyo.contains("'sha256-"), "{tokyo}");
    let (sydney, sydney_etag) = page_of("sydney").await;
    assert_ne!(tokyo, sydney);
    assert_ne!(tokyo_etag, sydney_etag);
    fs::write(dir.path().join("index.html"), "<head></head><script>two()</script>").unwrap();
    assert_ne!(page_of("sydney").await.0, sydney, "another script has another hash");
}

/// What is no request of HTTP is answered before anything of ours is asked.
#[tokio::test]
async fn answers_to_what_is_no_request_have_the_security_headers_too() {
    let large = format!("GET / HTTP/1.1\r\nHost: localhost\r\nX: {}\r\n\r\n", "x".repeat(200_000));
    let many = format!("GET / HTTP/1.1\r\nHost: localhost\r\n{}\r\n", "X: x\r\n".repeat(200));
    let kept = format!("GET /{} HTTP/1.1\r\nHost: localhost\r\n\r\nnonsense\r\n\r\n", paths::HEALTH);
    let hurried = Duration::from_millis(300);
    for (patience, request, status) in [
        (None, "nonsense\r\n\r\n", "400"),
        (None, "GET / HTTP/9.9\r\nHost: localhost\r\n\r\n", "400"),
        (None, "GET / HTTP/1.1\r\nHost: local host\0\r\n\r\n", "400"),
        (None, "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n", "400"),
        (None, &large, "431"),
        (None, &many, "431"),
        (None, &kept, "400"),
        (Some(hurried), "GET / HTTP/1.1\r\nHost: loc", "408"),
    ] {
        let mut settings = settings();
        settings.public_url = PublicUrl::parse("https://phone.example.com").unwrap();
        settings.network.time_limits.head = patience.unwrap_or(settings.network.time_limits.head);
        settings.network.operations_bind = Some(([127, 0, 0, 1], 0).into());
        let app = TestApp::start_with(settings).await;
        for address in [app.server.address(), app.server.operations_address().unwrap()] {
            let answer = last_answer(address, request).await;
            let shown: String = request.chars().take(60).collect();
            assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{shown}: {answer}");
            for header in [
                "x-content-type-options: nosniff",
                "content-security-policy: default-src 'none'",
                "referrer-policy: no-referrer",
                "cache-control: no-store",
                "strict-transport-security: max-age=31536000",
            ] {
                assert!(answer.contains(header), "{shown}: {header} in {answer}");
            }
        }
    }
}

/// The head of the last answer to these bytes, when the server has hung up.
async fn last_answer(address: SocketAddr, request: &str) -> String {
    let mut socket = TcpStream::connect(address).await.unwrap();
    let mut answers = Vec::new();
    let (mut reading, mut writing) = socket.split();
    // The server may hang up before all is sent.
    let (read, _) = tokio::join!(reading.read_to_end(&mut answers), writing.write_all(request.as_bytes()));
    let answers = String::from_utf8_lossy(&answers).into_owned();
    assert!(read.is_ok() || !answers.is_empty(), "{read:?}");
    answers[answers.rfind("HTTP/1.1 ").unwrap_or_default()..].to_lowercase().replacen("http", "HTTP", 1)
}
