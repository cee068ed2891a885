//! Server and emulator together, without a browser: what the one signs, the other believes; and `sidetone demo`.

use std::{
    io::{BufRead, BufReader},
    net::TcpListener,
    process::{Child, Command, Stdio},
    time::Duration,
};

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
    // Each number of the world is one, or its line or phone would be missing.
    assert_eq!(told["lines"].as_array().unwrap().len(), 3);
    assert_eq!(told["phones"].as_array().unwrap().len(), 7);
    assert!(told["handset_url"].as_str().unwrap().starts_with(&demo.emulator.url()));

    let (settings, store) = (demo.settings().clone(), demo.server.store().clone());
    let address = demo.server.address();
    demo.server.stop().await;
    assert!(client.get(format!("http://{address}/healthz")).send().await.is_err(), "it has stopped");
    let again = Server::start_with_store(settings, store).await.unwrap();
    assert_eq!(again.address(), address);
    assert_eq!(client.get(again.url(paths::HEALTH)).send().await.unwrap().status(), 200);
}

/// A program that is ended when the test is over, whatever it comes to.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

fn sidetone_demo(port: u16) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sidetone"));
    command.args(["demo", "--port", &port.to_string()]).env_clear().stdin(Stdio::null());
    command
}

#[tokio::test]
async fn the_banner_leads_to_a_server_that_answers() {
    // Free at this moment.
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let dir = tempfile::tempdir().unwrap();
    let mut command = sidetone_demo(port);
    command.args(["--emulator-port", "0", "--ui", "nowhere"]).current_dir(dir.path()).stdout(Stdio::piped());
    let mut running = Running(command.spawn().unwrap());
    let lines = BufReader::new(running.0.stdout.take().unwrap()).lines().map(Result::unwrap);
    let mut banner = Vec::new();
    for line in lines {
        let last = line.contains("Ctrl-C");
        banner.push(line);
        if last {
            break;
        }
    }
    let banner = banner.join("\n");
    for expected in
        [&format!("http://localhost:{port}/"), "passcode 1111", "Echo test", "no page in the folder nowhere"]
    {
        assert!(banner.contains(expected), "{expected} in {banner}");
    }
    let health =
        Client::new().get(format!("http://localhost:{port}/{}", paths::HEALTH)).send().await.unwrap();
    assert_eq!(health.status(), 200);

    let second = sidetone_demo(port).output().unwrap();
    let said = String::from_utf8(second.stderr).unwrap();
    assert!(!second.status.success() && said.contains(&format!("port {port} is in use")), "{said}");
}
