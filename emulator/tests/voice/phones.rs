use std::time::Duration;

use emulator::{Behaviour, CallError, EndReason, PhoneWaitError, Sound};

use crate::world::{BUSY, LINE, MENU, OUTSIDE, PATIENCE, TONE, World};

#[actix_web::test]
async fn phones_hear_each_other() {
    let world = World::start().await;
    world.application.twiml("/in", &format!("<Dial answerOnBridge=\"true\">{TONE}</Dial>"));
    let call = world.emulator.phone(OUTSIDE).call(LINE).await.unwrap();
    call.wait_answered(PATIENCE).await.unwrap();
    call.wait_hears_tone(600.0, PATIENCE).await.unwrap();
    call.hang_up().await;
}

#[actix_web::test]
async fn a_scripted_phone_hears_what_the_caller_plays() {
    let world = World::start().await;
    let friend = world.emulator.phone("+15550100077");
    world.application.twiml("/in", "<Dial answerOnBridge=\"true\">+15550100077</Dial>");
    let call = world.emulator.phone(OUTSIDE).call(LINE).await.unwrap();
    call.plays_tone(880.0).await;
    let other = friend.next_call(PATIENCE).await.unwrap();
    assert_eq!((other.from(), other.to()), (OUTSIDE, "+15550100077"));
    other.answer().await;
    other.wait_hears_tone(880.0, PATIENCE).await.unwrap();
    call.silence().await;
    other.wait_hears_silence(PATIENCE).await.unwrap();
    other.plays_tone(500.0).await;
    call.wait_hears_tone(500.0, PATIENCE).await.unwrap();
    call.press("42#").await;
    assert_eq!(other.keys_heard(), "42#");
    other.hang_up().await;
    assert_eq!(call.wait_ended(PATIENCE).await, Ok(EndReason::RemoteHangUp));
}

#[actix_web::test]
async fn the_menu_collects_keys_and_speaks() {
    let world = World::start().await;
    world.application.twiml("/in", &format!("<Dial answerOnBridge=\"true\">{MENU}</Dial>"));
    let call = world.emulator.phone(OUTSIDE).call(LINE).await.unwrap();
    call.wait_answered(PATIENCE).await.unwrap();
    call.press("123*0#").await;
    let keys: String = world
        .emulator
        .timeline()
        .entries_of(call.sid())
        .into_iter()
        .filter_map(|entry| match entry.event {
            emulator::Event::Key { key, .. } => Some(key),
            _ => None,
        })
        .collect();
    assert_eq!(keys, "123*0#");
}

#[actix_web::test]
async fn speech_ends_by_itself_and_the_document_goes_on() {
    let world = World::start().await;
    world.application.twiml("/in", "<Say>Hi</Say><Play digits=\"1\"/><Hangup/>");
    let call = world.emulator.phone(OUTSIDE).call(LINE).await.unwrap();
    call.wait_answered(PATIENCE).await.unwrap();
    assert_eq!(call.wait_ended(PATIENCE).await, Ok(EndReason::RemoteHangUp));
}

/// A second of a 1 kHz square wave, 16 kHz mono.
fn wav() -> Vec<u8> {
    let samples = (0..16_000).flat_map(|at| if at % 16 < 8 { 8000_i16 } else { -8000 }.to_le_bytes());
    let mut file = b"RIFF\0\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\x80\x3e\0\0\0\0\0\0\x02\0\x10\0data".to_vec();
    file.extend(32_000_u32.to_le_bytes());
    file.extend(samples);
    file
}

#[actix_web::test]
async fn audio_files_are_played() {
    let world = World::start().await;
    world.application.raw("/a.wav", 200, "audio/wav", wav());
    world.application.twiml("/in", "<Play>/missing.wav</Play><Play>/a.wav</Play>");
    let call = world.emulator.phone(OUTSIDE).call(LINE).await.unwrap();
    call.wait_hears_tone(1000.0, PATIENCE).await.unwrap();
    assert_eq!(call.wait_ended(PATIENCE).await, Ok(EndReason::RemoteHangUp));
    world.fault(11200).await;
}

#[actix_web::test]
async fn a_failing_application_apologises_to_a_phone() {
    let world = World::start().await;
    world.application.raw("/in", 500, "text/plain", "");
    let call = world.emulator.phone(OUTSIDE).call(LINE).await.unwrap();
    call.wait_answered(PATIENCE).await.unwrap();
    assert_eq!(call.wait_ended(PATIENCE).await, Ok(EndReason::RemoteHangUp));
}

#[actix_web::test]
async fn what_a_phone_cannot_call() {
    let world = World::start().await;
    let phone = world.emulator.phone(OUTSIDE);
    assert!(matches!(phone.call("+15550100001").await, Err(CallError::NotOurNumber(_))));
    assert!(matches!(phone.call("12").await, Err(CallError::NotE164(_))));
    let none = phone.next_call(Duration::from_millis(1)).await;
    assert!(matches!(none, Err(PhoneWaitError::Timeout(None))));
}

#[actix_web::test]
async fn behaviours_can_be_changed() {
    let world = World::start().await;
    world.application.twiml("/in", &format!("<Dial answerOnBridge=\"true\">{BUSY}</Dial>"));
    let phone = world.emulator.phone(OUTSIDE);
    let call = phone.call(LINE).await.unwrap();
    assert_eq!(call.wait_ended(PATIENCE).await, Ok(EndReason::Busy));
    world.emulator.phone(BUSY).behave(Behaviour::Answer {
        after: Duration::ZERO,
        say: Sound::Tone { hz: 700.0, amplitude: 0.5 },
        hang_up_after: Some(Duration::from_secs(1)),
    });
    let call = phone.call(LINE).await.unwrap();
    call.wait_hears_tone(700.0, PATIENCE).await.unwrap();
    assert_eq!(call.wait_ended(PATIENCE).await, Ok(EndReason::RemoteHangUp));
}

#[actix_web::test]
async fn a_star_ends_the_dialled_call_where_the_document_says_so() {
    let world = World::start().await;
    world.application.twiml("/in", &format!("<Dial hangupOnStar=\"true\">{TONE}</Dial><Say>bye</Say>"));
    let call = world.emulator.phone(OUTSIDE).call(LINE).await.unwrap();
    call.wait_hears_tone(600.0, PATIENCE).await.unwrap();
    call.press("*").await;
    world.happens(|entry| matches!(&entry.event, emulator::Event::Verb { verb, .. } if verb == "Say")).await;
    assert_eq!(call.wait_ended(PATIENCE).await, Ok(EndReason::RemoteHangUp));
}
