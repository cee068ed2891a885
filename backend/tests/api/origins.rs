//! A page that is served elsewhere, and pages that are nobody's business.

use backend::config::PublicUrl;
use reqwest::{Method, RequestBuilder, header};
use serde_json::json;
use shared::api::paths;

use crate::helpers::{LINE, PASSCODE, TestApp, refused, settings};

const PAGE: &str = "https://page.example.com";
const STRANGER: &str = "https://evil.example.net";

async fn started() -> TestApp {
    let mut settings = settings();
    settings.public_url = PublicUrl::parse("https://phone.example.com").unwrap();
    settings.network.cors_origins = vec![PAGE.to_owned()];
    TestApp::start_with(settings).await
}

/// As a browser asks for a page of `origin`, which is another origin.
fn asked(app: &TestApp, method: Method, path: &str, origin: &'static str) -> RequestBuilder {
    let url = format!("http://{}/{path}", app.server.address());
    let request = app.client.request(method, url).header(header::ORIGIN, origin);
    request.header("Sec-Fetch-Site", if origin == PAGE { "same-site" } else { "cross-site" })
}

fn sign_in(app: &TestApp, origin: &'static str) -> RequestBuilder {
    let body = json!({ "phone_number": LINE, "passcode": PASSCODE }).to_string();
    let request = asked(app, Method::POST, paths::SESSION, origin);
    request.header(header::CONTENT_TYPE, "application/json").body(body)
}

#[tokio::test]
async fn a_page_of_an_allowed_origin_signs_in_and_asks() {
    let app = started().await;
    let preflight = asked(&app, Method::OPTIONS, paths::SESSION, PAGE)
        .header("Access-Control-Request-Method", "POST")
        .header("Access-Control-Request-Headers", "content-type")
        .send()
        .await
        .unwrap();
    assert_eq!(preflight.status(), 200);
    assert_eq!(preflight.headers()["access-control-allow-origin"], PAGE);
    assert_eq!(preflight.headers()["access-control-allow-credentials"], "true");

    let signed_in = sign_in(&app, PAGE).send().await.unwrap();
    assert_eq!(signed_in.status(), 200);
    assert_eq!(signed_in.headers()["access-control-allow-origin"], PAGE);
    let exposed = signed_in.headers()["access-control-expose-headers"].to_str().unwrap().to_lowercase();
    assert!(exposed.split(", ").any(|name| name == paths::OWN_HEADER), "{exposed}");
    assert!(signed_in.headers()[header::VARY].to_str().unwrap().to_lowercase().contains("origin"));
    let cookie = signed_in.headers()[header::SET_COOKIE].to_str().unwrap().to_owned();
    assert!(
        cookie.contains("SameSite=Strict") && cookie.contains("Secure"),
        "other sites get nothing: {cookie}"
    );
    let cookie = cookie.split(';').next().unwrap();
    let token = asked(&app, Method::POST, paths::TOKEN, PAGE).header(header::COOKIE, cookie);
    assert_eq!(token.send().await.unwrap().status(), 200);
}

#[tokio::test]
async fn a_page_of_any_other_origin_may_neither_ask_nor_read() {
    let app = started().await;
    let cookie = sign_in(&app, PAGE).send().await.unwrap().headers()[header::SET_COOKIE].clone();
    let cookie = cookie.to_str().unwrap().split(';').next().unwrap().to_owned();
    for origin in [STRANGER, "null", "https://page.example.com.evil.example", "http://page.example.com"] {
        let preflight = asked(&app, Method::OPTIONS, paths::SESSION, origin)
            .header("Access-Control-Request-Method", "POST")
            .send()
            .await
            .unwrap();
        assert!(!preflight.headers().contains_key("access-control-allow-origin"), "{origin}");
        refused(sign_in(&app, origin).send().await.unwrap(), 403, "forbidden").await;
        for (method, path) in [(Method::POST, paths::TOKEN), (Method::DELETE, paths::SESSION)] {
            let request = asked(&app, method, path, origin).header(header::COOKIE, &cookie);
            refused(request.send().await.unwrap(), 403, "forbidden").await;
        }
        let read = asked(&app, Method::GET, paths::SESSION, origin).header(header::COOKIE, &cookie);
        let read = read.send().await.unwrap();
        assert!(!read.headers().contains_key("access-control-allow-origin"), "{origin} may read");
    }
}

#[tokio::test]
async fn unless_told_so_the_server_knows_no_other_origin() {
    let app = TestApp::start().await;
    let response = sign_in(&app, PAGE).send().await.unwrap();
    assert!(!response.headers().contains_key("access-control-allow-origin"));
    refused(response, 403, "forbidden").await;
}
