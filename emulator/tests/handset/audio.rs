use serde_json::{Value, json};

use crate::page::{PATIENCE, Page};
use crate::peer::Peer;
use crate::world::{FRIEND, HANDSET, LINE, World};

/// Connects microphone and speaker of a page.
async fn connect_audio(page: &mut Page, hz: f32) -> Peer {
    let (peer, offer) = Peer::offer(hz).await;
    page.says(json!({"type": "offer", "sdp": offer})).await;
    let audio: Value = page.expect("audio").await;
    peer.accept(audio["sdp"].as_str().unwrap());
    peer
}

#[actix_web::test]
async fn a_handset_that_calls_hears_and_is_heard() {
    let world = World::start().await;
    world.line_dials(FRIEND);
    let mut page = world.page().await;
    page.says(json!({"type": "call", "to": LINE})).await;
    page.expect("calling").await;
    let peer = connect_audio(&mut page, 500.0).await;
    let friend = world.emulator.phone(FRIEND).next_call(PATIENCE).await.unwrap();
    friend.answer().await;
    page.expect("answered").await;
    friend.wait_hears_tone(500.0, PATIENCE).await.unwrap();
    friend.plays_tone(900.0).await;
    peer.wait_hears(900.0, PATIENCE).await;

    // Keys are heard instead of the voice, and the voice is back afterwards.
    page.says(json!({"type": "press", "keys": "1"})).await;
    friend.wait_keys(1, PATIENCE).await.unwrap();
    let low_and_high = |hz: f32| (hz - 697.0).abs() < 15.0 || (hz - 1209.0).abs() < 15.0;
    wait_hears(&friend, low_and_high).await;
    friend.wait_hears_tone(500.0, PATIENCE).await.unwrap();

    page.does("hang_up").await;
    page.expect("ended").await;
}

#[actix_web::test]
async fn a_handset_that_is_called_hears_and_is_heard() {
    let world = World::start().await;
    world.line_dials(HANDSET);
    let mut page = world.page().await;
    let call = world.emulator.phone(FRIEND).call(LINE).await.unwrap();
    page.expect("ringing").await;
    page.does("answer").await;
    page.expect("answered").await;
    let peer = connect_audio(&mut page, 600.0).await;
    call.wait_hears_tone(600.0, PATIENCE).await.unwrap();
    call.plays_tone(1000.0).await;
    peer.wait_hears(1000.0, PATIENCE).await;
    // A second offer, of a page that was given another microphone, replaces the first.
    let other = connect_audio(&mut page, 700.0).await;
    call.wait_hears_tone(700.0, PATIENCE).await.unwrap();
    other.wait_hears(1000.0, PATIENCE).await;
}

async fn wait_hears(call: &emulator::PhoneCall, fits: impl Fn(f32) -> bool) {
    let search = async {
        while !call.hears().await.peak_hz.is_some_and(&fits) {
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(PATIENCE, search).await.expect("the tones of the key");
}
