//! Signed requests in odd shapes, and signed requests that come again.

use reqwest::header;
use secrecy::SecretString;
use shared::api::paths;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::helpers::{
    AUTH_TOKEN, CHILD, LINE, OTHER_LINE, PARENT, TestApp, refused, settings, sign, sign_with,
};

const CALLER: &str = "+819059876543";
const FORM: &str = "application/x-www-form-urlencoded";

#[tokio::test]
async fn the_secondary_auth_token_is_believed_while_it_is_configured() {
    const SECONDARY: &str = "fedcba9876543210fedcba9876543210";
    let mut rotating = settings();
    rotating.twilio.auth_token_secondary = Some(SecretString::from(SECONDARY));
    let params = [("CallSid", PARENT), ("From", CALLER), ("To", LINE)];
    for (settings, token, status) in [
        (settings(), AUTH_TOKEN, 200),
        (settings(), SECONDARY, 403),
        (rotating.clone(), AUTH_TOKEN, 200),
        (rotating, SECONDARY, 200),
    ] {
        let app = TestApp::start_with(settings).await;
        let signature = sign_with(token, &app.url(paths::CALL_INCOMING), &params);
        let request = app.posted(paths::CALL_INCOMING, &params).header("X-Twilio-Signature", signature);
        assert_eq!(request.send().await.unwrap().status(), status, "{token}");
    }
}

#[tokio::test]
async fn what_is_said_twice_must_say_the_same() {
    let app = TestApp::start().await;
    let (from, other) =
        ("client:".to_owned() + &app.line.client_name, "client:".to_owned() + &app.other_line.client_name);
    let sid = ("CallSid", PARENT);
    for params in [
        [sid, ("From", &from), ("From", &other), ("To", CALLER)],
        [sid, ("From", &other), ("From", &from), ("To", CALLER)],
        [sid, ("From", &from), ("To", CALLER), ("To", OTHER_LINE)],
    ] {
        let twiml = app.twiml(paths::CALL_OUTGOING, &params).await;
        assert!(!twiml.contains("<Dial"), "{params:?}: {twiml}");
    }
    let same = [sid, ("From", &from), ("From", &from), ("To", CALLER), ("To", CALLER)];
    let twiml = app.twiml(paths::CALL_OUTGOING, &same).await;
    assert!(twiml.contains(&format!("callerId=\"{LINE}\"")) && twiml.contains(CALLER), "{twiml}");
}

#[tokio::test]
async fn content_types_as_servers_and_proxies_write_them() {
    let app = TestApp::start().await;
    let params = [("CallSid", PARENT), ("From", CALLER), ("To", LINE)];
    let url = app.url(paths::CALL_INCOMING);
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(params).finish();
    for (content_type, status) in [
        (FORM, 200),
        ("application/x-www-form-urlencoded; charset=UTF-8", 200),
        ("Application/X-WWW-Form-URLEncoded;charset=utf-8", 200),
        ("text/plain", 403),
        ("multipart/form-data; boundary=x", 403),
        ("nonsense", 403),
    ] {
        let request = app.client.post(&url).header(header::CONTENT_TYPE, content_type).body(body.clone());
        let answer = request.header("X-Twilio-Signature", sign(&url, &params)).send().await.unwrap();
        assert_eq!(answer.status(), status, "{content_type}");
    }
    let untyped = app.client.post(&url).body(body).header("X-Twilio-Signature", sign(&url, &params));
    refused(untyped.send().await.unwrap(), 403, "forbidden").await;
    let empty = app.client.post(&url).header("X-Twilio-Signature", sign(&url, &[])).send().await.unwrap();
    assert!(empty.text().await.unwrap().contains("not in service"));
}

#[tokio::test]
async fn a_form_in_chunks_is_a_form() {
    let app = TestApp::start().await;
    let params = [("CallSid", PARENT), ("From", CALLER), ("To", LINE)];
    let signature = sign(&app.url(paths::CALL_INCOMING), &params);
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(params).finish();
    let chunks: String = body
        .as_bytes()
        .chunks(7)
        .map(|c| format!("{:x}\r\n{}\r\n", c.len(), String::from_utf8_lossy(c)))
        .collect();
    let mut socket = TcpStream::connect(app.server.address()).await.unwrap();
    let request = format!(
        "POST /{} HTTP/1.1\r\nHost: x\r\nContent-Type: {FORM}\r\nX-Twilio-Signature: {signature}\r\n\
         Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n{chunks}0\r\n\r\n",
        paths::CALL_INCOMING
    );
    socket.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    socket.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 ") && answer.contains(&app.line.client_name), "{answer}");
}

#[tokio::test]
async fn large_forms_and_forms_of_thousands_of_parameters() {
    let app = TestApp::start().await;
    let from = format!("client:{}", app.line.client_name);
    let long = "9".repeat(1 << 20);
    let params = [("CallSid", PARENT), ("From", from.as_str()), ("To", &long)];
    let answer = app.twilio(paths::CALL_OUTGOING, &params).send().await.unwrap();
    refused(answer, 413, "too_large").await;

    let names: Vec<_> = (0..5_000).map(|i| format!("p{i}")).collect();
    let mut params: Vec<_> = names.iter().map(|name| (name.as_str(), "x")).collect();
    params.extend([("CallSid", PARENT), ("From", from.as_str()), ("To", CALLER)]);
    assert!(app.twiml(paths::CALL_OUTGOING, &params).await.contains(CALLER));
}

/// A form that is no UTF-8 is nobody's: Twilio sends UTF-8, and its libraries read such bytes as U+FFFD.
#[tokio::test]
async fn forms_that_are_no_utf_8() {
    let app = TestApp::start().await;
    let url = app.url(paths::CALL_INCOMING);
    let send = async |body: &'static [u8], signature: String| {
        let request = app.client.post(&url).header(header::CONTENT_TYPE, FORM).body(body);
        request.header("X-Twilio-Signature", signature).send().await.unwrap()
    };
    let signature = sign(&url, &[("To", "caf\u{e9}")]);
    assert_eq!(send(b"To=caf%C3%A9", signature.clone()).await.status(), 200);
    for body in [b"To=caf%E9".as_slice(), b"To=caf\xe9", b"To=caf%C3"] {
        refused(send(body, signature.clone()).await, 403, "forbidden").await;
    }
    let answer = send(b"To=caf%E9&%FF=%00", sign(&url, &[("To", "caf\u{fffd}"), ("\u{fffd}", "\0")])).await;
    assert!(answer.text().await.unwrap().contains("not in service"));
}

/// Whoever has seen a signed request can send it again. It tells the server what it knows already.
#[tokio::test]
async fn a_replayed_request_changes_nothing() {
    let app = TestApp::start().await;
    let cookie = app.session_of(LINE).await;
    let from = format!("client:{}", app.line.client_name);
    let leg = [("CallSid", PARENT), ("From", from.as_str()), ("To", CALLER)];
    let status = |status: &'static str| {
        let child = [("CallSid", CHILD), ("ParentCallSid", PARENT), ("From", LINE), ("To", CALLER)];
        [child.as_slice(), &[("CallStatus", status), ("CallDuration", "7")]].concat()
    };
    let over = [("DialCallSid", CHILD), ("DialCallStatus", "completed"), ("DialCallDuration", "7")];
    let over = [leg.as_slice(), &over].concat();
    let first = app.twiml(paths::CALL_OUTGOING, &leg).await;
    for word in ["ringing", "in-progress", "completed"] {
        assert_eq!(app.twilio(paths::CALL_STATUS, &status(word)).send().await.unwrap().status(), 204);
    }
    let ending = app.twiml(paths::DIAL_ACTION, &over).await;
    let record = app.call(&cookie, PARENT).await;
    assert_eq!(record["outcome"]["status"], "completed");

    for _ in 0..3 {
        assert_eq!(app.twiml(paths::CALL_OUTGOING, &leg).await, first);
        assert_eq!(app.call(&cookie, PARENT).await, record, "the call does not begin again");
        for word in ["completed", "in-progress", "ringing"] {
            app.twilio(paths::CALL_STATUS, &status(word)).send().await.unwrap();
            assert_eq!(app.call(&cookie, PARENT).await, record, "{word}");
        }
        assert_eq!(app.twiml(paths::DIAL_ACTION, &over).await, ending);
        assert_eq!(app.call(&cookie, PARENT).await, record);
    }
}
