use std::fs;

use backend::page_source::PageSource;
use reqwest::header;
use shared::api::paths;

use crate::helpers::{TestApp, pages, refused, settings};

#[tokio::test]
async fn files_pages_and_nothing() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("index.html"), "<head><base href=\"/\"></head>").unwrap();
    fs::write(dir.path().join("app-0123456789abcdef_bg.wasm"), "wasm").unwrap();
    fs::write(dir.path().join("app-0123456789abcdef_bg.wasm.br"), "brotli").unwrap();
    for page in pages(dir.path()) {
        serves_files_pages_and_nothing(page).await;
    }
}

async fn serves_files_pages_and_nothing(page: PageSource) {
    let mut settings = settings();
    settings.page = page;
    settings.public_url = backend::config::PublicUrl::parse("http://localhost:0/prod").unwrap();
    let app = TestApp::start_with(settings).await;

    let wasm = app.client.get(app.url("app-0123456789abcdef_bg.wasm")).header("accept-encoding", "gzip, br");
    let wasm = wasm.send().await.unwrap();
    assert_eq!(wasm.headers()[header::CONTENT_TYPE], "application/wasm");
    assert_eq!(wasm.headers()[header::CONTENT_ENCODING], "br");
    assert!(wasm.headers()[header::CACHE_CONTROL].to_str().unwrap().contains("immutable"));
    let etag = wasm.headers()[header::ETAG].clone();
    assert_eq!(wasm.text().await.unwrap(), "brotli");
    let again = app.client.get(app.url("app-0123456789abcdef_bg.wasm")).header("accept-encoding", "br");
    assert_eq!(again.header("if-none-match", etag).send().await.unwrap().status(), 304);

    let address = app.server.address();
    for url in
        [app.url(""), app.url("index.html"), format!("http://{address}/prod"), format!("http://{address}/")]
    {
        let page = app.client.get(&url).header("accept", "text/html").send().await.unwrap();
        assert_eq!(page.status(), 200, "{url}");
        assert_eq!(page.headers()[header::CACHE_CONTROL], "no-cache");
        let first = "</prod/api/session>; rel=preload; as=fetch; crossorigin=use-credentials";
        assert!(page.headers()[header::LINK].to_str().unwrap().contains(first), "{url}");
        assert_eq!(page.text().await.unwrap(), "<head><base href=\"/prod/\"></head>", "{url}");
    }
    let page = app.client.get(app.url("some/page")).header("accept", "text/html,*/*").send().await.unwrap();
    assert_eq!(page.status(), 200);
    refused(app.get("some/picture.png", "").await, 404, "not_found").await;
    let outside = app.client.get(format!("http://{address}/%2e%2e/%2e%2e/etc/passwd"));
    refused(outside.send().await.unwrap(), 404, "not_found").await;
    let head = app.client.head(app.url("")).send().await.unwrap();
    assert_eq!(head.status(), 200);
}

/// What the browser keeps of the app is asked for again, and is of the type that makes it an app.
#[tokio::test]
async fn the_app_s_own_files() {
    let dir = tempfile::tempdir().unwrap();
    for name in ["index.html", "offline.html", "sw.js", "manifest.webmanifest", "icon-192.png"] {
        fs::write(dir.path().join(name), "<head></head>").unwrap();
    }
    for page in pages(dir.path()) {
        serves_the_app_s_own_files(page).await;
    }
}

async fn serves_the_app_s_own_files(page: PageSource) {
    let mut settings = settings();
    settings.page = page;
    settings.public_url = backend::config::PublicUrl::parse("http://localhost:0/prod").unwrap();
    let app = TestApp::start_with(settings).await;
    for (path, content_type, policy) in [
        ("sw.js", "text/javascript", "default-src 'none'; connect-src 'self'; base-uri"),
        ("manifest.webmanifest", "application/manifest+json", "default-src 'none'; base-uri 'none'"),
        ("icon-192.png", "image/png", "default-src 'none'; base-uri 'none'"),
        ("offline.html", "text/html", "default-src 'none'; script-src 'self'"),
        ("", "text/html", "worker-src 'self'; manifest-src 'self'"),
    ] {
        let answer = app.get(path, "").await;
        assert_eq!(answer.status(), 200, "{path}");
        let header = |name| answer.headers()[name].to_str().unwrap();
        assert!(header(header::CONTENT_TYPE).starts_with(content_type), "{path}");
        assert_eq!(header(header::CACHE_CONTROL), "no-cache", "{path}");
        let sent = header(header::CONTENT_SECURITY_POLICY);
        assert!(sent.contains(policy), "{path}: {sent}");
    }
}

#[tokio::test]
async fn without_a_build_the_page_says_what_to_do() {
    let app = TestApp::start().await;
    let response = app.get("", "").await;
    assert_eq!(response.status(), 503);
    assert!(response.text().await.unwrap().contains("make run"));
}

#[tokio::test]
async fn sounds_are_served() {
    let app = TestApp::start().await;
    for name in paths::SOUND_NAMES {
        let response = app.get(&format!("{}/{name}.wav", paths::SOUNDS), "").await;
        assert_eq!(response.status(), 200, "{name}");
        assert_eq!(response.headers()[header::CONTENT_TYPE], "audio/wav");
    }
    refused(app.get("sounds/unknown.wav", "").await, 404, "not_found").await;
}
