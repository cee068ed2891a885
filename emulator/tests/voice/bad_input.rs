use emulator::{Entry, Event};
use serde_json::json;

use crate::browser::{Browser, offer};
use crate::world::World;

async fn refused(browser: &mut Browser, code: u32) -> String {
    let error = browser.expect("error").await["error"].clone();
    assert_eq!(error["code"], code, "{error}");
    error["message"].as_str().unwrap().to_owned()
}

#[actix_web::test]
async fn frames_that_cannot_be_read_are_refused_and_the_socket_goes_on() {
    let world = World::start().await;
    let mut browser = Browser::open(&world.emulator.url()).await;
    for text in ["", "hello", "{", "[]", "{\"payload\":{}}", "null", "{\"type\":7}"] {
        browser.send_text(text).await;
        refused(&mut browser, 31100).await;
    }
    browser.send_binary(&[0, 1, 2]).await;
    assert!(refused(&mut browser, 31100).await.contains("binary"));
    browser.send_text(&"x".repeat(1_000_000)).await;
    assert!(refused(&mut browser, 31100).await.contains("1000000 bytes"));
    browser.send("dance", json!({})).await;
    assert!(refused(&mut browser, 31400).await.contains("dance"));
    browser.send("listen", json!({})).await;
    refused(&mut browser, 31102).await;
    browser.send("register", json!({})).await;
    refused(&mut browser, 31400).await;
    browser.register(&world.token("alice")).await;
    let faults = world.emulator.timeline().entries();
    let faults = faults.iter().filter(|entry| entry.event.fault_code().is_some()).count();
    assert_eq!(faults, 12, "each is on the timeline once");
}

#[actix_web::test]
async fn calls_need_an_accepted_token() {
    let world = World::start().await;
    let mut browser = Browser::open(&world.emulator.url()).await;
    browser.dial("To=1").await;
    refused(&mut browser, 31204).await;
    browser.register(&world.token("alice")).await;
    assert!(world.emulator.calls().is_empty());
}

#[actix_web::test]
async fn an_invite_needs_a_usable_offer() {
    let world = World::start().await;
    let mut browser = world.browser("alice").await;
    let video = offer().replace("m=audio", "m=video");
    let cases = [
        (json!({"callsid": "TJS1"}), 31400),
        (json!({"callsid": "TJS1", "sdp": ""}), 31400),
        (json!({"callsid": "TJS1", "sdp": 7}), 31400),
        (json!({"callsid": "TJS1", "sdp": "v=0"}), 31400),
        (json!({"callsid": "TJS1", "sdp": video}), 31400),
        (json!({"callsid": "TJS1", "sdp": offer(), "twilio": {"params": "x".repeat(801)}}), 31103),
    ];
    for (payload, code) in cases {
        browser.send("invite", payload).await;
        refused(&mut browser, code).await;
        // The SDK's call must not wait for ever.
        let hangup = browser.expect("hangup").await;
        assert_eq!(
            (hangup["callsid"].as_str(), hangup["error"]["code"].as_u64()),
            (Some("TJS1"), Some(code.into()))
        );
    }
    browser.send("invite", json!({"sdp": offer()})).await;
    refused(&mut browser, 31400).await;
    browser.expect_nothing_before_ready().await;
    assert!(world.emulator.calls().is_empty());
}

#[actix_web::test]
async fn messages_about_foreign_calls_change_nothing() {
    let world = World::start().await;
    let mut browser = world.browser("alice").await;
    for kind in ["hangup", "reject"] {
        browser.send(kind, json!({"callsid": "CA1"})).await;
    }
    browser.send("answer", json!({"callsid": "CA1", "sdp": offer()})).await;
    browser.send("reinvite", json!({"callsid": "CA1", "sdp": offer()})).await;
    browser.send("dtmf", json!({"callsid": "CA1", "dtmf": "1"})).await;
    browser.expect_nothing_before_ready().await;
    browser.send("dtmf", json!({"callsid": "CA1", "dtmf": "x"})).await;
    refused(&mut browser, 31400).await;
    let message = json!({"callsid": "CA1", "content": "{}", "messagetype": "user-defined-message", "voiceeventsid": "KX1"});
    browser.send("message", message).await;
    assert_eq!(browser.expect("error").await["voiceeventsid"], "KX1");
}

#[actix_web::test]
async fn twiml_that_fails_ends_an_unanswered_browser_call_with_an_error() {
    let world = World::start().await;
    let bodies = [
        (500, "text/xml", "<Response/>", 11200),
        (200, "text/xml", "<Response>", 12100),
        (200, "application/json", "{}", 12300),
        (200, "text/xml", "<Response>\u{1}</Response>", 12100),
        (302, "text/xml", "", 11216),
    ];
    let mut browser = world.browser("alice").await;
    for (status, content_type, body, code) in bodies {
        world.application.raw("/out", status, content_type, body);
        browser.dial("To=%2B15550100001").await;
        let hangup = browser.expect("hangup").await;
        assert_eq!(hangup["error"]["code"], 31005);
        world.fault(code).await;
    }
}

#[actix_web::test]
async fn an_answer_of_a_megabyte_does_not_fill_the_timeline() {
    let world = World::start().await;
    let mut browser = world.browser("alice").await;
    world.application.raw("/out", 200, "text/xml", vec![0xff; 900_000]);
    browser.dial("To=1").await;
    browser.expect("hangup").await;
    assert!(world.fault(12100).await.seq > 0);
    let is_reply =
        |entry: &Entry| matches!(&entry.event, Event::WebhookReply { body, .. } if body.len() < 70_000);
    world.happens(is_reply).await;
}

#[actix_web::test]
async fn documents_that_go_round_in_circles_come_to_an_end() {
    let world = World::start().await;
    world.application.twiml("/out", "<Redirect/>");
    let mut browser = world.browser("alice").await;
    browser.dial("To=1").await;
    assert_eq!(browser.expect("hangup").await["error"]["code"], 31005);
    let fault = world.fault(11200).await;
    assert!(format!("{fault:?}").contains("more than 200 documents"), "{fault:?}");
}

#[actix_web::test]
async fn an_application_that_hangs_is_given_up() {
    let world = World::with(|config| {
        config.timing.webhook_timeout = std::time::Duration::from_millis(100);
    })
    .await;
    let deaf = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    world.emulator.set_application_voice_url(&format!("http://{}/out", deaf.local_addr().unwrap()));
    let mut browser = world.browser("alice").await;
    browser.dial("To=1").await;
    assert_eq!(browser.expect("hangup").await["error"]["code"], 31005);
    world.fault(11200).await;
    world.emulator.set_application_voice_url("https://localhost/out");
    browser.dial("To=1").await;
    assert_eq!(browser.expect("hangup").await["error"]["code"], 31005);
}
