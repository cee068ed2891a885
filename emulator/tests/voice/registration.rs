use std::time::Duration;

use emulator::{Event, TokenRefusal};
use serde_json::json;

use crate::browser::Browser;
use crate::token::token;
use crate::world::{PATIENCE, World};

#[actix_web::test]
async fn registers_and_unregisters() {
    let world = World::start().await;
    let mut browser = Browser::open(&world.emulator.url()).await;
    browser.listen(&world.token("alice")).await;
    let connected = browser.expect("connected").await;
    assert_eq!(connected["token"]["identity"], "alice");
    let ttl = connected["token"]["ttl"].as_i64().unwrap();
    assert!((3595..=3600).contains(&ttl), "{ttl}");
    assert_eq!((&connected["edge"], &connected["home"]), (&json!("ashburn"), &json!("us1")));

    browser.send("register", json!({"media": {"audio": true}})).await;
    browser.expect("ready").await;
    world.emulator.wait_registered("alice", PATIENCE).await.unwrap();
    browser.expect_nothing_before_ready().await;
    assert_eq!(world.emulator.registrations("alice"), 1);

    browser.send("register", json!({"media": {"audio": false}})).await;
    browser.expect("offline").await;
    assert_eq!(world.emulator.registrations("alice"), 0);
}

#[actix_web::test]
async fn the_edge_of_the_requested_host_comes_back() {
    let world = World::start().await;
    let url = format!("{}/signal?host=voice-js.sydney.twilio.com", world.emulator.url());
    let mut browser = Browser::at(&url).await;
    browser.listen(&world.token("alice")).await;
    assert_eq!(browser.expect("connected").await["edge"], "sydney");
}

#[actix_web::test]
async fn an_edge_that_twilio_does_not_have_takes_nobody() {
    let world = World::start().await;
    let begin = world.emulator.url().replace("http://", "ws://");
    for host in ["voice-js.dubln.twilio.com", "voice-js.ie1.twilio.com", "api.twilio.com"] {
        let url = format!("{begin}/signal?host={host}");
        let refused = tokio_tungstenite::connect_async(url).await.unwrap_err().to_string();
        assert!(refused.contains("404"), "{host}: {refused}");
        let told = world.happens(|entry| {
            matches!(&entry.event, Event::Fault { code: 53000, message, .. } if message.contains(host))
        });
        let Event::Fault { message, .. } = told.await.event else { unreachable!() };
        assert!(message.contains("dublin") && message.contains("roaming"), "{message}");
    }
    let sockets = world.emulator.leftovers().await.unwrap().sockets;
    assert_eq!(sockets, 0);
}

#[actix_web::test]
async fn register_before_listen_is_refused() {
    let world = World::start().await;
    let mut browser = Browser::open(&world.emulator.url()).await;
    browser.send("register", json!({"media": {"audio": true}})).await;
    assert_eq!(browser.expect("error").await["error"]["code"], 31204);
    // The socket goes on.
    browser.register(&world.token("alice")).await;
}

#[actix_web::test]
async fn a_bad_token_gets_an_error_and_close() {
    let world = World::start().await;
    let expired = token(&world.account, "alice", -1);
    for (token, code) in [("rubbish", 31204), (expired.as_str(), 31205)] {
        let mut browser = Browser::open(&world.emulator.url()).await;
        browser.listen(token).await;
        assert_eq!(browser.expect("error").await["error"]["code"], code);
        browser.expect("close").await;
    }
}

#[actix_web::test]
async fn a_bad_token_may_close_the_socket_instead() {
    let world = World::with(|config| config.timing.token_refusal = TokenRefusal::SocketClose).await;
    let mut browser = Browser::open(&world.emulator.url()).await;
    browser.listen("rubbish").await;
    browser.expect("error").await;
    browser.expect_closed().await;
}

#[actix_web::test]
async fn a_phone_whose_token_ends_cannot_be_called() {
    let world = World::start().await;
    let mut browser = Browser::open(&world.emulator.url()).await;
    browser.register(&token(&world.account, "alice", 2)).await;
    assert_eq!(browser.expect("error").await["error"]["code"], 31205);
    browser.expect("close").await;
    assert_eq!(world.emulator.registrations("alice"), 0);
}

#[actix_web::test]
async fn a_newer_token_keeps_the_phone_reachable() {
    let world = World::start().await;
    let mut browser = Browser::open(&world.emulator.url()).await;
    browser.register(&token(&world.account, "alice", 1)).await;
    browser.listen(&token(&world.account, "alice", 3)).await;
    browser.expect("connected").await;
    // The first end passes unnoticed; the second is the next thing said.
    browser.expect("error").await;
    let error = world.fault(31205).await;
    let connected = world.happens(|entry| matches!(&entry.event, emulator::Event::SocketOpened { .. })).await;
    assert!(error.at.duration_since(connected.at).as_secs() >= 2, "{error:?}");
}

#[actix_web::test]
async fn heartbeats_come_by_themselves() {
    let world = World::with(|config| config.timing.heartbeat = Duration::from_millis(10)).await;
    let mut browser = Browser::open(&world.emulator.url()).await;
    for _ in 0..3 {
        assert_eq!(browser.next_text().await.as_deref(), Some("\n"));
        browser.send_text("\n").await;
    }
    browser.register(&world.token("alice")).await;
}

#[actix_web::test]
async fn the_eleventh_registration_evicts_the_first() {
    let world = World::start().await;
    let mut first = world.browser("alice").await;
    let mut others = Vec::new();
    for _ in 0..10 {
        others.push(world.browser("alice").await);
    }
    first.expect("offline").await;
    assert_eq!(world.emulator.registrations("alice"), 10);
}
