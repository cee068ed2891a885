//! The engine on a machine that has more addresses than loopback, and others that are not its own.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::{Arc, Mutex};

use super::client::Client;
use super::engine::{LOOPBACK, calls, event, is_tone, until};
use crate::core::media::{Hears, MediaEvent};
use crate::rim::media::engine::MediaEngine;

/// An address of this machine that is none of loopback. A machine without any has nothing to test here; the end-to-end
/// scenarios in Firefox always have one.
fn own_address() -> Option<IpAddr> {
    let interfaces = if_addrs::get_if_addrs().expect("the interfaces");
    interfaces.iter().map(if_addrs::Interface::ip).find(|ip| ip.is_ipv4() && !ip.is_loopback())
}

fn candidates(sdp: &str) -> Vec<&str> {
    let candidate = |line: &'_ str| line.strip_prefix("a=candidate:").is_some();
    sdp.lines().filter(|line| candidate(line)).filter_map(|line| line.split(' ').nth(4)).collect()
}

/// As Firefox does it: its candidates are no loopback ones, and it takes none of the other side.
#[tokio::test]
async fn a_peer_at_another_address_of_the_machine_is_heard_there() {
    let Some(address) = own_address() else { return };
    let (engine, mut events) = MediaEngine::start(LOOPBACK).await.expect("loopback is there");
    let client = Client::start_at(address, 440.0).await;
    let (id, answer) = engine.accept_offer(&client.offer().await).await.expect("accepted");
    assert_eq!(candidates(&answer)[0], "127.0.0.1", "{answer}");
    assert!(candidates(&answer).contains(&&*address.to_string()), "{answer}");
    let without = |line: &&str| !(line.starts_with("a=candidate") && line.contains(" 127.0.0.1 "));
    client.accept(answer.split_inclusive('\n').filter(without).collect());
    engine.hear(id, Hears::party(id));
    assert_eq!(event(&mut events).await, MediaEvent::Connected(id));
    until("the echo", async || is_tone(client.hears(), 440.0)).await;
}

/// The machine that this is, as far as the engine knows, has loopback only: the address is a stranger's.
#[tokio::test]
async fn a_stranger_gets_no_audio_and_no_word() {
    let Some(address) = own_address() else { return };
    let listed = Arc::new(Mutex::new(Vec::new()));
    let list = Arc::clone(&listed);
    let interfaces = Box::new(move || Ok(list.lock().expect("not poisoned").clone()));
    let (engine, mut events) =
        MediaEngine::start_among((LOOPBACK, 0).into(), interfaces).expect("loopback is there");
    let stranger = Client::start_at(address, 440.0).await;
    let strange = calls(&engine, &stranger).await;
    // One that comes later is connected all the same.
    let client = Client::start(880.0).await;
    let id = calls(&engine, &client).await;
    assert_eq!(event(&mut events).await, MediaEvent::Connected(id));
    assert!(!engine.measure(strange).await.expect("it is there").connected);

    // The interface comes up: within a second it is one's own, and the peer, which went on trying, is heard.
    listed.lock().expect("not poisoned").push(address);
    assert_eq!(event(&mut events).await, MediaEvent::Connected(strange));

    // It is in the next description, and in one for a call that stands.
    let (_, offer) = engine.create_offer().await.expect("an offer");
    assert_eq!(candidates(&offer), ["127.0.0.1", &*address.to_string()]);
    let restarted = engine.restart_ice(id, &client.restart().await).await.expect("restarted");
    assert_eq!(candidates(&restarted), ["127.0.0.1", &*address.to_string()]);
    client.accept(restarted);

    // and gone again
    listed.lock().expect("not poisoned").clear();
    let (_, offer) = engine.create_offer().await.expect("an offer");
    assert_eq!(candidates(&offer), [Ipv4Addr::LOCALHOST.to_string()]);
}
