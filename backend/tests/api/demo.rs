//! Server and emulator together, without a browser: what the one signs, the other believes.

use std::time::Duration;

use backend::{
    demo::{Demo, HANDSET, Options},
    http::Server,
};
use reqwest::Client;
use serde_json::Value;
use shared::api::{CallDirection, CallOutcome, paths};

const PATIENCE: Duration = Duration::from_secs(20);

#[tokio::test]
async fn a_call_to_a_line_where_nobody_is_at_home() {
    let demo = Demo::start(Options::default()).await.unwrap();
    let line = demo.world.lines[0].phone_number.clone();
    let call = demo.emulator.phone(HANDSET).call(line.as_str()).await.unwrap();
    call.wait_ended(PATIENCE).await.unwrap();
    let record = demo.server.store().call(&line, call.sid()).await.unwrap().unwrap();
    assert_eq!((record.direction, record.peer.as_str()), (CallDirection::Incoming, HANDSET));
    assert_eq!(record.outcome, CallOutcome::NoAnswer);
    demo.stop().await;
}

#[tokio::test]
async fn the_demo_world_is_told_and_the_server_restarts_on_its_port() {
    let demo = Demo::start(Options::default()).await.unwrap();
    let client = Client::new();
    let told = client.get(demo.server.url(paths::DEMO)).send().await.unwrap().text().await.unwrap();
    let told: Value = serde_json::from_str(&told).unwrap();
    assert_eq!(told["lines"][0]["phone_number"], "+815031234567");
    assert_eq!(told["lines"].as_array().unwrap().len(), 3);
    assert!(told["handset_url"].as_str().unwrap().starts_with(&demo.emulator.url()));

    let (settings, store) = (demo.settings().clone(), demo.server.store().clone());
    let address = demo.server.address();
    demo.server.stop().await;
    assert!(client.get(format!("http://{address}/healthz")).send().await.is_err(), "it has stopped");
    let again = Server::start_with_store(settings, store).await.unwrap();
    assert_eq!(again.address(), address);
    assert_eq!(client.get(again.url(paths::HEALTH)).send().await.unwrap().status(), 200);
}
