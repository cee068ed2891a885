//! What Twilio does and this emulator does not is said, and is not taken for what Twilio would refuse.

use emulator::Entry;

use crate::world::{LINE, OUTSIDE, PATIENCE, TONE, World};

fn faults(world: &World) -> Vec<serde_json::Value> {
    let entries = world.emulator.timeline().entries();
    let values = entries.iter().map(|entry: &Entry| serde_json::to_value(entry).unwrap());
    values.filter(|entry| entry["event"] == "fault").collect()
}

#[actix_web::test]
async fn the_timeline_tells_what_is_lacking_from_what_is_wrong() {
    let world = World::start().await;
    world.application.twiml(
        "/in",
        &format!(
            "<Enqueue maxQueueSize=\"1\"/><Shout/><Say voice=\"nonsense\">a</Say><Dial record=\"record-from-answer\" \
             colour=\"red\"><Number machineDetection=\"Enable\">{TONE}</Number></Dial>"
        ),
    );
    let call = world.emulator.phone(OUTSIDE).call(LINE).await.unwrap();
    call.wait_hears_tone(600.0, PATIENCE).await.unwrap();
    for word in ["Enqueue", "record=", "machineDetection"] {
        let entry = serde_json::to_value(world.lacks(word).await).unwrap();
        assert!(entry["code"].is_null(), "{entry}");
    }
    for code in [12200, 13511] {
        let entry = serde_json::to_value(world.fault(code).await).unwrap();
        assert_eq!(entry["kind"], "twilio");
    }
    assert_eq!(faults(&world).len(), 6, "{:#?}", faults(&world));
}

#[actix_web::test]
async fn a_document_without_fault_has_none_on_the_timeline() {
    let world = World::start().await;
    world.application.twiml(
        "/in",
        &format!("<Say voice=\"Polly.Joanna\" language=\"en-US\">Hi</Say><Dial record=\"do-not-record\">{TONE}</Dial>"),
    );
    let call = world.emulator.phone(OUTSIDE).call(LINE).await.unwrap();
    call.wait_hears_tone(600.0, PATIENCE).await.unwrap();
    assert_eq!(faults(&world), Vec::<serde_json::Value>::new());
}
