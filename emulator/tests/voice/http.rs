use emulator::{Entry, Event};
use reqwest::{Client, Method};
use serde_json::{Value, json};

use crate::world::{LINE, OUTSIDE, PATIENCE, World};

#[actix_web::test]
async fn reports_of_the_sdk_are_accepted_from_any_page() {
    let world = World::start().await;
    let url = format!("{}/v4/EndpointEvents", world.emulator.url());
    let client = Client::new();
    let preflight = client.request(Method::OPTIONS, &url).send().await.unwrap();
    assert!(preflight.status().is_success());
    assert_eq!(preflight.headers()["access-control-allow-origin"], "*");
    assert_eq!(preflight.headers()["access-control-allow-headers"], "content-type,x-twilio-token");

    let report = json!({"group": "connection", "name": "outgoing", "payload": {"call_sid": "CA1"}});
    let answer = client.post(&url).body(report.to_string()).send().await.unwrap();
    assert!(answer.status().is_success());
    assert_eq!(answer.headers()["access-control-allow-origin"], "*");
    let is_it = |entry: &Entry| matches!(&entry.event, Event::Insight { name, .. } if name == "outgoing");
    assert_eq!(world.happens(is_it).await.call_sid.as_deref(), Some("CA1"));
    // Rubbish is a report, too.
    let answer = client.post(&url).body("rubbish").send().await.unwrap();
    assert!(answer.status().is_success());
}

#[actix_web::test]
async fn the_timeline_of_one_call_is_there_as_json() {
    let world = World::start().await;
    world.application.twiml("/in", "<Say>Hi</Say>");
    let phone = world.emulator.phone(OUTSIDE);
    let (first, second) = (phone.call(LINE).await.unwrap(), phone.call(LINE).await.unwrap());
    first.wait_ended(PATIENCE).await.unwrap();
    second.wait_ended(PATIENCE).await.unwrap();
    let url = format!("{}/timeline.json?call={}", world.emulator.url(), first.sid());
    let text = Client::new().get(&url).send().await.unwrap().text().await.unwrap();
    let entries: Vec<Value> = serde_json::from_str(&text).unwrap();
    assert!(entries.iter().all(|entry| entry["call_sid"] == first.sid()));
    let kinds: Vec<&str> = entries.iter().filter_map(|entry| entry["event"].as_str()).collect();
    for kind in ["call_created", "webhook_request", "webhook_reply", "verb", "call_status", "phone"] {
        assert!(kinds.contains(&kind), "{kind}: {kinds:?}");
    }
    assert!(!text.contains(&world.account.auth_token) && !text.contains(&world.account.api_key_secret));
}
