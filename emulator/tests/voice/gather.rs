//! Keys over sockets.

use emulator::EndReason;

use crate::world::{LINE, OUTSIDE, PATIENCE, World};

#[actix_web::test]
async fn keys_reach_the_application_and_its_answer_runs() {
    let world = World::start().await;
    let long = "word ".repeat(100);
    world
        .application
        .twiml("/in", &format!("<Gather action=\"/keys\" numDigits=\"2\"><Say>{long}</Say></Gather>"));
    world.application.twiml("/keys", "<Say>Thank you</Say>");
    let call = world.emulator.phone(OUTSIDE).call(LINE).await.unwrap();
    call.wait_answered(PATIENCE).await.unwrap();
    call.press("7*").await;
    let keys = world.request("/keys", |_| true).await;
    assert_eq!(
        (keys.get("Digits"), keys.get("FinishedOnKey"), keys.get("CallStatus")),
        ("7*", "", "in-progress")
    );
    assert_eq!(call.wait_ended(PATIENCE).await, Ok(EndReason::RemoteHangUp));
    assert_eq!(world.requests("/keys").len(), 1);
}
