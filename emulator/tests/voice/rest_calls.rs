//! The REST API sees calls, and ends them.

use emulator::EndReason;
use serde_json::Value;

use crate::world::{LINE, OUTSIDE, PATIENCE, TONE, World};

#[actix_web::test]
async fn the_rest_api_sees_a_call_and_ends_it() {
    let world = World::start().await;
    world.application.twiml("/in", "<Say>Hello</Say><Pause length=\"600\"/>");
    let call = world.emulator.phone(OUTSIDE).call(LINE).await.unwrap();
    call.wait_answered(PATIENCE).await.unwrap();
    let account = &world.account.sid;
    let url = format!("{}/2010-04-01/Accounts/{account}/Calls/{}.json", world.emulator.url(), call.sid());
    let ask = async |request: reqwest::RequestBuilder| {
        let answer =
            request.basic_auth(account, Some(&world.account.auth_token)).send().await.unwrap().text().await;
        serde_json::from_str::<Value>(&answer.unwrap()).unwrap()
    };
    let client = reqwest::Client::new();
    assert_eq!(ask(client.get(&url)).await["status"], "in-progress");
    assert_eq!(ask(client.post(&url).form(&[("Status", "completed")])).await["status"], "completed");
    assert_eq!(call.wait_ended(PATIENCE).await, Ok(EndReason::RemoteHangUp));
    assert_eq!(ask(client.get(&url)).await["status"], "completed");
}

#[actix_web::test]
async fn a_callee_is_led_to_somebody_else() {
    let world = World::start().await;
    let friend = world.emulator.phone("+15550100077");
    world.application.twiml("/in", "<Dial>+15550100077</Dial><Pause length=\"600\"/>");
    let call = world.emulator.phone(OUTSIDE).call(LINE).await.unwrap();
    let callee = friend.next_call(PATIENCE).await.unwrap();
    callee.answer().await;
    call.plays_tone(880.0).await;
    callee.wait_hears_tone(880.0, PATIENCE).await.unwrap();
    let account = &world.account.sid;
    let url = format!("{}/2010-04-01/Accounts/{account}/Calls/{}.json", world.emulator.url(), callee.sid());
    let twiml = format!("<Response><Dial callerId=\"{LINE}\">{TONE}</Dial></Response>");
    let request = reqwest::Client::new().post(&url).form(&[("Twiml", &twiml)]);
    let answer = request.basic_auth(account, Some(&world.account.auth_token)).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    callee.wait_hears_tone(600.0, PATIENCE).await.unwrap();
    call.hang_up().await;
    callee.wait_hears_tone(600.0, PATIENCE).await.unwrap();
    callee.hang_up().await;
    world.until(|| world.emulator.calls().iter().all(|leg| leg.status.is_final())).await;
}
