//! Somebody speaks without end: everybody else gets their turn, and the emulator ends when it is told to.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use emulator::{Emulator, Entry, Event};
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::task::JoinHandle;
use tokio_tungstenite::connect_async;
use tokio_tungstenite::tungstenite::Message;

use crate::browser::Browser;
use crate::world::{LINE, PATIENCE, World};

/// What may come between a word of a quiet phone and its answer, of everybody else: some turns, never a queue.
const SOME_TURNS: u64 = 500;

/// A browser that repeats itself as fast as it is read, and reads all answers, until it is dropped.
struct Flood(JoinHandle<()>, JoinHandle<()>);

impl Flood {
    async fn at(url: &str, text: String) -> Self {
        let (socket, _) = connect_async(url.replace("http://", "ws://")).await.unwrap();
        let (mut write, mut read) = socket.split();
        let reader = tokio::spawn(async move { while let Some(Ok(_)) = read.next().await {} });
        let writer = tokio::spawn(async move {
            while write.feed(Message::text(text.clone())).await.is_ok() {
                tokio::task::yield_now().await;
            }
        });
        Self(reader, writer)
    }

    async fn of_signaling(emulator: &Emulator, text: &str) -> Self {
        Self::at(&format!("{}/signal", emulator.url()), text.to_owned()).await
    }
}

impl Drop for Flood {
    fn drop(&mut self) {
        self.0.abort();
        self.1.abort();
    }
}

fn newest(emulator: &Emulator) -> u64 {
    *emulator.timeline().subscribe().borrow()
}

/// Waits until the flood has filled whatever can be filled.
async fn rages(world: &World) {
    let begin = newest(&world.emulator);
    world.happens(|entry| entry.seq > begin + 4_000).await;
}

fn is_ready(entry: &Entry) -> bool {
    matches!(&entry.event, Event::SignalOut { identity: Some(identity), message, .. }
        if identity == "quiet" && message == "ready")
}

#[actix_web::test]
async fn others_get_their_turn_while_a_socket_floods() {
    let world = World::start().await;
    let mut quiet = world.browser("quiet").await;
    let register = json!({"type": "register", "version": "1.6", "payload": {"media": {"audio": true}}});
    let texts = [register.to_string(), "rubbish".to_owned(), String::new(), "x".repeat(100_000)];
    for text in &texts {
        let _floods = [
            Flood::of_signaling(&world.emulator, text).await,
            Flood::of_signaling(&world.emulator, text).await,
        ];
        rages(&world).await;
        let begin = newest(&world.emulator);
        quiet.send("register", json!({"media": {"audio": true}})).await;
        let ready = world.happens(|entry| entry.seq > begin && is_ready(entry)).await;
        quiet.expect("ready").await;
        assert!(ready.seq - begin < SOME_TURNS, "{} of {:.20}", ready.seq - begin, text);
    }
}

#[actix_web::test]
async fn it_stops_at_once_under_a_flood() {
    let world = World::start().await;
    let mut floods = Vec::new();
    for _ in 0..4 {
        floods.push(Flood::of_signaling(&world.emulator, "rubbish").await);
    }
    rages(&world).await;
    let timeline = world.emulator.timeline();
    let begin = *timeline.subscribe().borrow();
    world.emulator.stop().await;
    let after = *timeline.subscribe().borrow() - begin;
    assert!(after < SOME_TURNS, "{after} more before it stopped");
}

#[actix_web::test]
async fn who_reads_no_answer_is_let_go() {
    let world = World::start().await;
    let (socket, _) =
        connect_async(format!("{}/signal", world.emulator.url().replace("http://", "ws://"))).await.unwrap();
    // The reading half is kept and never read.
    let (mut write, _read) = socket.split();
    let writer = tokio::spawn(async move {
        while write.feed(Message::text("x".repeat(500))).await.is_ok() {
            tokio::task::yield_now().await;
        }
    });
    // Until the buffers of both ends are full, which on a busy machine takes longer than anything else here.
    let closed = |entry: &Entry| matches!(entry.event, Event::SocketClosed { .. });
    assert!(world.emulator.timeline().wait_for(closed, Duration::from_secs(120)).await.is_ok());
    assert_eq!(world.emulator.leftovers().await.unwrap().sockets, 0);
    writer.abort();
}

#[actix_web::test]
async fn others_get_their_turn_while_a_handset_floods() {
    let world = World::start().await;
    let mut quiet = world.browser("quiet").await;
    world.application.twiml("/in", "<Say>Hello</Say><Pause length=\"600\"/>");
    let address = world.emulator.address();
    let url = format!("ws://{address}/handset/ws?number=%2B819059876543");
    let mut request =
        tokio_tungstenite::tungstenite::client::IntoClientRequest::into_client_request(url).unwrap();
    request.headers_mut().insert("origin", format!("http://{address}").parse().unwrap());
    let (socket, _) = connect_async(request).await.unwrap();
    let (mut write, mut read) = socket.split();
    let call = json!({"type": "call", "to": LINE}).to_string();
    write.send(Message::text(call)).await.unwrap();
    let reader = tokio::spawn(async move { while let Some(Ok(_)) = read.next().await {} });
    world
        .happens(|entry| matches!(&entry.event, Event::CallStatus { status } if status == "in-progress"))
        .await;
    let press = json!({"type": "press", "keys": "1"}).to_string();
    let writer = tokio::spawn(async move {
        while write.feed(Message::text(press.clone())).await.is_ok() {
            tokio::task::yield_now().await;
        }
    });
    rages(&world).await;
    let begin = newest(&world.emulator);
    quiet.send("register", json!({"media": {"audio": true}})).await;
    let ready = world.happens(|entry| entry.seq > begin && is_ready(entry)).await;
    assert!(ready.seq - begin < SOME_TURNS, "{}", ready.seq - begin);
    reader.abort();
    writer.abort();
}

#[actix_web::test]
async fn a_reader_of_the_timeline_that_does_not_read_holds_nobody_up() {
    let world = World::start().await;
    {
        let _flood = Flood::of_signaling(&world.emulator, &"x".repeat(2_000)).await;
        rages(&world).await;
    }
    let mut idle = TcpStream::connect(world.emulator.address()).unwrap();
    idle.write_all(b"GET /timeline.json HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
    let mut begin = [0; 512];
    idle.read_exact(&mut begin).unwrap();
    // In pieces, so that no more is made than is read.
    assert!(String::from_utf8_lossy(&begin).to_lowercase().contains("transfer-encoding: chunked"));
    world.browser("quiet").await;

    let url = format!("{}/timeline.json", world.emulator.url());
    let answer = reqwest::Client::new().get(&url).timeout(PATIENCE).send().await.unwrap();
    let entries: Vec<Value> = serde_json::from_str(&answer.text().await.unwrap()).unwrap();
    let kept = world.emulator.timeline().entries().len();
    assert!(entries.len() > 4_000 && entries.len() <= kept, "{} of {kept}", entries.len());
    let seq = |entry: &Value| entry["seq"].as_u64().unwrap();
    assert!(entries.windows(2).all(|pair| seq(&pair[1]) == seq(&pair[0]) + 1));
    let _ = Browser::open(&world.emulator.url()).await;
}
