use std::net::{IpAddr, Ipv4Addr, UdpSocket};
use std::time::Duration;

use tokio::sync::mpsc::UnboundedReceiver;
use tokio::time::{sleep, timeout};

use super::client::Client;
use crate::core::media::{EndpointId, Heard, Hears, MediaError, MediaEvent, Sound, check_offer};
use crate::rim::media::engine::MediaEngine;

pub(super) const LOOPBACK: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
const PATIENCE: Duration = Duration::from_secs(40);

/// Waits for a fact; names it when it never becomes true.
pub(super) async fn until(fact: &str, mut holds: impl AsyncFnMut() -> bool) {
    let wait = async {
        while !holds().await {
            sleep(Duration::from_millis(20)).await;
        }
    };
    assert!(timeout(PATIENCE, wait).await.is_ok(), "never: {fact}");
}

pub(super) async fn event(events: &mut UnboundedReceiver<MediaEvent>) -> MediaEvent {
    timeout(PATIENCE, events.recv()).await.expect("an event in time").expect("the engine runs")
}

pub(super) fn is_tone(heard: Heard, hz: f32) -> bool {
    heard.peak_hz.is_some_and(|peak| (peak - hz).abs() < 5.0) && heard.rms > 0.15
}

async fn start() -> (MediaEngine, UnboundedReceiver<MediaEvent>) {
    MediaEngine::start(LOOPBACK).await.expect("loopback is there")
}

/// A client that called the engine.
async fn caller(engine: &MediaEngine, hz: f32) -> (Client, EndpointId) {
    let client = Client::start(hz).await;
    let id = calls(engine, &client).await;
    (client, id)
}

pub(super) async fn calls(engine: &MediaEngine, client: &Client) -> EndpointId {
    let offer = client.offer().await;
    check_offer(&offer).expect("a good offer");
    let (id, answer) = engine.accept_offer(&offer).await.expect("accepted");
    client.accept(answer);
    id
}

async fn hears(engine: &MediaEngine, id: EndpointId, hz: f32) {
    until(&format!("{id} hears {hz}"), async || {
        engine.measure(id).await.is_some_and(|m| is_tone(m.heard, hz))
    })
    .await;
}

#[tokio::test]
async fn an_echo_comes_back_over_the_network() {
    let (engine, mut events) = start().await;
    let (client, id) = caller(&engine, 440.0).await;
    engine.hear(id, Hears::party(id));
    assert_eq!(event(&mut events).await, MediaEvent::Connected(id));
    until("the client hears its own tone", async || is_tone(client.hears(), 440.0)).await;
    until("the engine measures it on both sides", async || {
        let measured = engine.measure(id).await.expect("exists");
        assert!(measured.connected && measured.dtmf_negotiated);
        is_tone(measured.said, 440.0) && is_tone(measured.heard, 440.0)
    })
    .await;

    engine.hear(id, Hears::nothing());
    until("silence", async || client.hears().rms == 0.0).await;
    engine.close(id);
    engine.close(id);
    assert_eq!(engine.measure(id).await, None);
}

#[tokio::test]
async fn two_clients_hear_each_other_and_each_others_keys() {
    let (engine, mut events) = start().await;
    let ((alice, a), (bob, b)) = (caller(&engine, 440.0).await, caller(&engine, 880.0).await);
    engine.hear(a, Hears::party(b));
    engine.hear(b, Hears::party(a));
    until("each hears the other", async || is_tone(alice.hears(), 880.0) && is_tone(bob.hears(), 440.0))
        .await;

    let codes = [1, 2, 2, 10, 0, 11];
    codes.iter().for_each(|&code| alice.press(code));
    let mut keys = String::new();
    while keys.len() < codes.len() {
        if let MediaEvent::Dtmf { endpoint, key, duration_ms } = event(&mut events).await {
            assert_eq!((endpoint, duration_ms), (a, 160));
            keys.push(key);
        }
    }
    assert_eq!(keys, "122*0#");
    until("the other client got them too", async || bob.keys() == codes).await;
    assert!(alice.keys().is_empty());
}

#[tokio::test]
async fn a_client_that_is_called_hears_a_phone_and_is_heard() {
    let (engine, mut events) = start().await;
    let client = Client::start(1000.0).await;
    let (id, offer) = engine.create_offer().await.expect("an offer");
    assert!(offer.lines().any(|line| line == "a=end-of-candidates"), "{offer}");
    assert_eq!(offer.matches('\n').count(), offer.matches("\r\n").count());
    let answer = client.answer(offer).await;
    engine.accept_answer(id, &answer).await.expect("accepted");

    let phone = engine.create_virtual();
    engine.hear(id, Hears::party(phone));
    engine.hear(phone, Hears::party(id));
    engine.say(phone, Sound::Tone { hz: 600.0, amplitude: 0.3 });
    until("the client hears the phone", async || is_tone(client.hears(), 600.0)).await;
    hears(&engine, phone, 1000.0).await;
    let measured = engine.measure(phone).await.expect("exists");
    assert!(measured.connected && !measured.dtmf_negotiated);
    assert_eq!(event(&mut events).await, MediaEvent::Connected(id));

    engine.say(phone, Sound::Speech { text: "Goodbye".to_owned() });
    assert_eq!(event(&mut events).await, MediaEvent::SaidEnded(phone));
    engine.hear(id, Hears::Sound(Sound::Speech { text: "Goodbye".to_owned() }));
    assert_eq!(event(&mut events).await, MediaEvent::SoundEnded(id));

    let again = engine.accept_answer(id, &answer).await;
    assert!(matches!(again, Err(MediaError::WrongState { .. })), "{again:?}");
}

#[tokio::test]
async fn a_connection_survives_lost_packets_and_an_ice_restart() {
    let (engine, mut events) = start().await;
    let (client, id) = caller(&engine, 440.0).await;
    engine.hear(id, Hears::party(id));
    until("the echo", async || is_tone(client.hears(), 440.0)).await;
    assert_eq!(event(&mut events).await, MediaEvent::Connected(id));

    engine.set_packet_drop(true);
    until("silence", async || engine.measure(id).await.is_some_and(|m| m.said.rms == 0.0)).await;
    assert_eq!(event(&mut events).await, MediaEvent::IceDisconnected(id));
    engine.set_packet_drop(false);

    let answer = engine.restart_ice(id, &client.restart().await).await.expect("an answer");
    client.accept(answer);
    assert_eq!(event(&mut events).await, MediaEvent::Connected(id));
    until("the echo again", async || is_tone(client.hears(), 440.0)).await;
}

#[tokio::test]
async fn what_cannot_be_done_is_said() {
    for elsewhere in [Ipv4Addr::UNSPECIFIED, Ipv4Addr::new(192, 0, 2, 1)] {
        let refused = MediaEngine::start(elsewhere.into()).await;
        assert!(matches!(refused, Err(MediaError::NotLoopback(_))));
    }

    let (engine, _events) = start().await;
    for text in ["", "hello", "v=0\r\nm=video 9 X 0\r\n"] {
        assert!(matches!(check_offer(text), Err(MediaError::BadSdp { .. })));
        assert!(matches!(engine.accept_offer(text).await, Err(MediaError::BadSdp { .. })));
    }
    let (id, offer) = engine.create_offer().await.expect("an offer");
    assert!(matches!(engine.accept_answer(id, "hello").await, Err(MediaError::BadSdp { .. })));
    engine.close(id);
    let gone = engine.restart_ice(id, &offer).await;
    assert!(matches!(gone, Err(MediaError::NoEndpoint(of)) if of == id), "{gone:?}");

    // Garbage on the wire disturbs nobody.
    let socket = UdpSocket::bind((LOOPBACK, 0)).expect("a free port");
    for bytes in
        [&[][..], &[0; 1], &[0x80; 12], &[22; 100], &[0, 1, 0, 0, 0x21, 0x12, 0xa4, 0x42], &[255; 1400]]
    {
        socket.send_to(bytes, engine.address()).expect("sent");
    }
    let phone = engine.create_virtual();
    engine.hear(phone, Hears::Sound(Sound::Tone { hz: 700.0, amplitude: 0.5 }));
    hears(&engine, phone, 700.0).await;

    engine.shutdown();
    assert!(matches!(engine.create_offer().await, Err(MediaError::Stopped)));
    assert_eq!(engine.measure(phone).await, None);
    UdpSocket::bind(engine.address()).expect("the port is free again");
    engine.shutdown();
}
