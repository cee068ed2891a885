//! A hundred calls leave nothing behind.

use serde_json::{Value, json};

use crate::browser::Browser;
use crate::world::{ECHO, LINE, OUTSIDE, World, text};

/// The next message of this type; others in between do not matter.
async fn until(browser: &mut Browser, kind: &str) -> Value {
    loop {
        let frame = browser.next_text().await.expect("the socket is open");
        let message: Value = serde_json::from_str(&frame).unwrap_or_default();
        if message["type"] == kind {
            return message["payload"].clone();
        }
    }
}

#[actix_web::test]
async fn a_hundred_calls_leave_no_audio_and_no_timer() {
    let world = World::start().await;
    let ring = "<Dial answerOnBridge=\"true\" timeout=\"60\"><Client>alice</Client></Dial>";
    world.application.twiml("/in", ring);
    world.application.twiml("/out", &format!("<Dial callerId=\"{LINE}\" timeout=\"60\">{ECHO}</Dial>"));
    let mut browser = world.browser("alice").await;
    let before = world.emulator.leftovers().await.unwrap();
    assert_eq!((before.sockets, before.audio), (1, 0));
    let outside = world.emulator.phone(OUTSIDE);
    for n in 0..100 {
        match n % 5 {
            0 => {
                let call = outside.call(LINE).await.unwrap();
                call.hang_up().await;
            }
            1 => {
                let call = outside.call(LINE).await.unwrap();
                until(&mut browser, "invite").await;
                call.hang_up().await;
                until(&mut browser, "cancel").await;
            }
            2 => {
                outside.call(LINE).await.unwrap();
                let invite = until(&mut browser, "invite").await;
                browser.answer(&invite).await;
                until(&mut browser, "answer").await;
                browser.send("hangup", json!({"callsid": invite["callsid"]})).await;
            }
            3 => {
                browser.dial("To=x").await;
                let answer = until(&mut browser, "answer").await;
                browser.send("hangup", json!({"callsid": text(&answer, "callsid")})).await;
            }
            _ => {
                let temporary = browser.dial("To=x").await;
                browser.send("hangup", json!({"callsid": temporary})).await;
            }
        }
    }
    // The last hangup is done when this is answered.
    browser.expect_nothing_before_ready().await;
    let calls = world.emulator.calls();
    assert!(calls.len() >= 100 && calls.iter().all(|call| call.status.is_final()), "{calls:#?}");
    // Audio that was being made is closed when it is there.
    for _ in 0..1000 {
        if world.emulator.leftovers().await.unwrap() == before {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    panic!("{:?}, and before {before:?}", world.emulator.leftovers().await);
}
