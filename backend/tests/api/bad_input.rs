use std::time::Duration;

use reqwest::header;
use shared::api::paths;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::helpers::{LINE, PASSCODE, TestApp, refused};

#[tokio::test]
async fn bodies_that_are_not_what_they_should_be() {
    let app = TestApp::start().await;
    let send = async |content_type: &str, body: &str| {
        let request = app.client.post(app.url(paths::SESSION)).header(header::CONTENT_TYPE, content_type);
        request.body(body.to_owned()).send().await.unwrap()
    };
    let good = format!(r#"{{"phone_number":"{LINE}","passcode":"{PASSCODE}"}}"#);
    refused(send("text/plain", &good).await, 415, "unsupported_media_type").await;
    refused(send("application/x-www-form-urlencoded", &good).await, 415, "unsupported_media_type").await;
    let bare = app.client.post(app.url(paths::SESSION)).send().await.unwrap();
    refused(bare, 415, "unsupported_media_type").await;
    refused(send("application/json", "").await, 400, "bad_request").await;
    refused(send("application/json", "{").await, 400, "bad_request").await;
    refused(send("application/json", "[]").await, 400, "bad_request").await;
    refused(send("application/json", r#"{"phone_number":"1"}"#).await, 400, "bad_request").await;
    let unknown = good.replace('}', r#","admin":true}"#);
    let message = refused(send("application/json", &unknown).await, 400, "bad_request").await;
    assert!(message.contains("admin"), "{message}");
    let deep = "[".repeat(60_000);
    refused(send("application/json", &deep).await, 400, "bad_request").await;
    let not_utf8 = app.client.post(app.url(paths::SESSION)).header(header::CONTENT_TYPE, "application/json");
    let not_utf8 = not_utf8.body(b"{\"phone_number\":\"\xff\"}".to_vec()).send().await.unwrap();
    refused(not_utf8, 400, "bad_request").await;
    assert_eq!(send("application/json; charset=utf-8", &good).await.status(), 200);
}

#[tokio::test]
async fn addresses_and_methods_that_do_not_exist() {
    let app = TestApp::start().await;
    for path in ["api/nothing", "api", "twilio/nothing", "twilio/retrieve_twiml", "api/session/x"] {
        refused(app.get(path, "").await, 404, "not_found").await;
        let request = app.client.post(app.url(path)).header("accept", "text/html");
        refused(request.send().await.unwrap(), 404, "not_found").await;
    }
    for path in [paths::SESSION, paths::TOKEN, paths::CALL_INCOMING, paths::DIAL_ACTION, "index.html"] {
        let request = app.client.put(app.url(path)).body("x");
        refused(request.send().await.unwrap(), 405, "method_not_allowed").await;
    }
    assert_eq!(app.get(paths::HEALTH, "").await.status(), 200);
}

/// The answer comes although most of the body was never sent.
#[tokio::test]
async fn a_body_of_20_mb_is_refused_before_it_is_read() {
    let app = TestApp::start().await;
    for path in [paths::SESSION, paths::TOKEN, paths::CALL_INCOMING, paths::CALL_STATUS, "index.html"] {
        let mut socket = TcpStream::connect(app.server.address()).await.unwrap();
        let head = format!(
            "POST /{path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n\
             Content-Length: 20971520\r\n\r\n{{"
        );
        socket.write_all(head.as_bytes()).await.unwrap();
        let answer = read_until(&mut socket, "}").await;
        assert!(answer.starts_with("HTTP/1.1 413 "), "{path}: {answer}");
        assert!(answer.contains("\"code\":\"too_large\""), "{path}: {answer}");
    }
    // One that does not announce its length is stopped on the way; the end of it never comes.
    let mut socket = TcpStream::connect(app.server.address()).await.unwrap();
    let head = format!(
        "POST /{} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n\
         Sec-Fetch-Site: same-origin\r\nTransfer-Encoding: chunked\r\n\r\n20000\r\n{}\r\n",
        paths::SESSION,
        " ".repeat(0x20000)
    );
    socket.write_all(head.as_bytes()).await.unwrap();
    let answer = read_until(&mut socket, "}").await;
    assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
    assert_eq!(app.sign_in(LINE, PASSCODE).await.status(), 200, "the rest goes on");
}

#[tokio::test]
async fn signed_requests_with_a_body_that_is_no_form() {
    let app = TestApp::start().await;
    let url = app.url(paths::CALL_INCOMING);
    let json = app.client.post(&url).header(header::CONTENT_TYPE, "application/json");
    refused(json.body("{}").send().await.unwrap(), 403, "forbidden").await;

    let hash = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";
    let url = format!("{url}?bodySHA256={hash}");
    let json = app.client.post(&url).header(header::CONTENT_TYPE, "application/json");
    let signed = json.header("X-Twilio-Signature", crate::helpers::sign(&url, &[])).body("{}");
    refused(signed.send().await.unwrap(), 415, "unsupported_media_type").await;
}

async fn read_until(socket: &mut TcpStream, end: &str) -> String {
    let (mut answer, mut buffer) = (String::new(), [0; 4096]);
    while !answer.ends_with(end) {
        let read = tokio::time::timeout(Duration::from_secs(10), socket.read(&mut buffer));
        let n = read.await.unwrap_or_else(|_| panic!("no more after: {answer}")).unwrap();
        if n == 0 {
            break;
        }
        answer.push_str(&String::from_utf8_lossy(&buffer[..n]));
    }
    answer
}
