//! Clients that take their time. They get 408, and nobody waits for them.

use std::time::Duration;

use backend::config::TimeLimits;
use shared::api::paths;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::helpers::{LINE, PARENT, TestApp, settings};

const PATIENCE: Duration = Duration::from_secs(20);

/// Only one of the two limits is short: a machine that is busy must not meet the other.
async fn impatient(limit: impl FnOnce(&mut TimeLimits) -> &mut Duration) -> TestApp {
    let mut settings = settings();
    *limit(&mut settings.network.time_limits) = Duration::from_millis(300);
    TestApp::start_with(settings).await
}

/// Sends this and nothing more; gives everything that comes back until `end`, or else until the server hangs up.
async fn answer_to(app: &TestApp, bytes: &str, end: Option<u8>) -> String {
    let mut socket = TcpStream::connect(app.server.address()).await.unwrap();
    socket.write_all(bytes.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    let reading = async {
        loop {
            let read = socket.read_buf(&mut answer).await;
            if read.as_ref().map_or(true, |n| *n == 0) || (end.is_some() && answer.last().copied() == end) {
                return read;
            }
        }
    };
    let read = tokio::time::timeout(PATIENCE, reading).await;
    read.unwrap_or_else(|_| panic!("the server does not hang up")).unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test]
async fn a_head_that_does_not_end_is_not_waited_for() {
    let app = impatient(|limits| &mut limits.head).await;
    let answer =
        answer_to(&app, &format!("POST /{} HTTP/1.1\r\nHost: localhost\r\nX-Slow: ", paths::SESSION), None)
            .await;
    assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
}

#[tokio::test]
async fn a_body_that_does_not_end_is_not_waited_for() {
    let app = impatient(|limits| &mut limits.body).await;
    for (path, content_type) in [
        (paths::SESSION, "application/json"),
        (paths::CALL_INCOMING, "application/x-www-form-urlencoded"),
        (paths::CALL_STATUS, "application/x-www-form-urlencoded"),
    ] {
        // actix reads on, and throws away, what comes of a chunked body: it is answered, but not hung up on.
        for (length, end) in [
            ("Content-Length: 100\r\n\r\na=", None),
            ("Transfer-Encoding: chunked\r\n\r\n2\r\na=\r\n", Some(b'}')),
        ] {
            let head = format!(
                "POST /{path} HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\n\
                 Content-Type: {content_type}\r\n"
            );
            let answer = answer_to(&app, &(head + length), end).await;
            assert!(answer.starts_with("HTTP/1.1 408 "), "{path}: {answer}");
            assert!(answer.contains("\"code\":\"timeout\""), "{path}: {answer}");
        }
    }
}

/// How many sockets this process may have at both ends, with some left for the rest.
fn affordable(wanted: usize) -> usize {
    let limits = std::fs::read_to_string("/proc/self/limits").unwrap_or_default();
    let line = limits.lines().find(|line| line.starts_with("Max open files"));
    let soft = line.and_then(|line| line.split_whitespace().nth(3)?.parse::<usize>().ok());
    soft.map_or(wanted, |soft| wanted.min(soft.saturating_sub(300) / 2))
}

#[tokio::test]
async fn thousands_of_slow_clients_do_not_keep_twilio_waiting() {
    // With the limits of every day, so that none of them is sent away meanwhile.
    let app = TestApp::start().await;
    let head = format!("POST /{} HTTP/1.1\r\nHost: localhost\r\n", paths::SESSION);
    let body = format!("{head}Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{{");
    let mut slow = Vec::new();
    for n in 0..affordable(3000) {
        let mut socket = TcpStream::connect(app.server.address()).await.unwrap();
        let sent = if n % 2 == 0 { &head } else { &body };
        socket.write_all(sent.as_bytes()).await.unwrap();
        slow.push(socket);
    }
    for _ in 0..20 {
        let call = [("CallSid", PARENT), ("From", "+819059876543"), ("To", LINE), ("CallStatus", "ringing")];
        // Each on a connection of its own, as Twilio's are; no worker is blocked.
        let answer =
            tokio::time::timeout(Duration::from_secs(10), app.twiml(paths::CALL_INCOMING, &call)).await;
        assert!(answer.expect("Twilio gives up after 15 seconds").contains("<Client"), "the line rings");
    }
    drop(slow);
}
