//! The socket itself: frames in and out, heartbeats, and nothing that means anything.

use actix_web::{HttpRequest, HttpResponse, web};
use actix_ws::{AggregatedMessage, AggregatedMessageStream, Session};
use jiff::Timestamp;
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, interval_at, timeout};

use crate::core::config::Timing;
use crate::core::exchange::Input;
use crate::core::signaling::{SocketId, edge};
use crate::core::timeline::{Event, FaultKind};
use crate::rim::link::{Command, Link, ToSocket};

/// Frames beyond this end the socket: they are no mistake any more. Smaller ones are read and refused politely.
const LARGEST_FRAME: usize = 4 * 1024 * 1024;
/// Messages that wait to be sent to one browser. Calls take a dozen; beyond this nobody reads them.
const MOST_UNSENT: usize = 1024;
/// A browser that takes nothing for so long, when all buffers are full, is gone.
const SLOWEST_READER: Duration = Duration::from_secs(5);
/// The SDK's code for a host that does not take its connection.
const NO_CONNECTION: u32 = 53000;
/// Exactly this is a heartbeat, in both directions.
const HEARTBEAT: &str = "\n";

/// `GET /signal`.
///
/// # Errors
/// When the request is not a WebSocket handshake.
pub async fn connect(
    request: HttpRequest,
    body: web::Payload,
    link: web::Data<Link>,
    timing: web::Data<Timing>,
) -> actix_web::Result<HttpResponse> {
    let host = host(&request);
    match edge(host.as_deref()) {
        Ok(edge) if link.edges_down.contains(edge) => {
            return Ok(HttpResponse::ServiceUnavailable().body("this edge is down"));
        }
        Ok(_) => {}
        Err(message) => {
            let event =
                Event::Fault { kind: FaultKind::Twilio, code: NO_CONNECTION, message: message.clone() };
            link.timeline.add(Timestamp::now(), None, None, event);
            return Ok(HttpResponse::NotFound().body(message));
        }
    }
    let (response, session, stream) = actix_ws::handle(&request, body)?;
    let stream =
        stream.max_frame_size(LARGEST_FRAME).aggregate_continuations().max_continuation_size(LARGEST_FRAME);
    let (sender, outgoing) = mpsc::channel(MOST_UNSENT);
    let socket = link.next_socket();
    link.send(Command::Socket { socket, host, sender });
    let link = link.as_ref().clone();
    actix_web::rt::spawn(async move {
        serve(socket, session, stream, outgoing, &link, &timing).await;
        link.input(Input::SocketClosed { socket });
    });
    Ok(response)
}

/// The host that the SDK meant: a page that redirects its sockets here passes it as `?host=`.
fn host(request: &HttpRequest) -> Option<String> {
    let passed = web::Query::<std::collections::HashMap<String, String>>::from_query(request.query_string())
        .ok()
        .and_then(|query| query.get("host").cloned());
    passed.or_else(|| Some(request.connection_info().host().to_owned()))
}

async fn serve(
    socket: SocketId,
    mut session: Session,
    mut stream: AggregatedMessageStream,
    mut outgoing: mpsc::Receiver<ToSocket>,
    link: &Link,
    timing: &Timing,
) {
    let period = timing.heartbeat.max(Duration::from_millis(1));
    let mut heartbeat = interval_at(Instant::now() + period, period);
    // The frame that the exchange has not dealt with yet. No other is read until then: whoever sends frames without end
    // waits for the others, and the rest of it is held up in the network.
    let mut turn: Option<oneshot::Receiver<()>> = None;
    loop {
        let say = tokio::select! {
            biased;
            order = outgoing.recv() => match order {
                Some(ToSocket::Text(text)) => Say::Text(text),
                Some(ToSocket::Close) => {
                    let _ = timeout(SLOWEST_READER, session.close(None)).await;
                    return;
                }
                Some(ToSocket::Drop) | None => return,
            },
            () = taken(&mut turn) => continue,
            _ = heartbeat.tick() => Say::Text(HEARTBEAT.to_owned()),
            frame = stream.recv(), if turn.is_none() => match frame {
                Some(Ok(AggregatedMessage::Text(text))) => {
                    if &*text != HEARTBEAT {
                        turn = Some(link.turn(Input::Frame { socket, text: text.to_string() }));
                    }
                    continue;
                }
                Some(Ok(AggregatedMessage::Binary(bytes))) => {
                    turn = Some(link.turn(Input::BinaryFrame { socket, length: bytes.len() }));
                    continue;
                }
                Some(Ok(AggregatedMessage::Ping(bytes))) => Say::Pong(bytes),
                Some(Ok(AggregatedMessage::Pong(_))) => continue,
                Some(Ok(AggregatedMessage::Close(reason))) => {
                    let _ = timeout(SLOWEST_READER, session.close(reason)).await;
                    return;
                }
                Some(Err(_)) | None => return,
            },
        };
        let said = async {
            match say {
                Say::Text(text) => session.text(text).await,
                Say::Pong(bytes) => session.pong(&bytes).await,
            }
        };
        if !matches!(timeout(SLOWEST_READER, said).await, Ok(Ok(()))) {
            return;
        }
    }
}

/// What is sent next.
enum Say {
    Text(String),
    Pong(web::Bytes),
}

/// Waits for the end of a turn, if there is one.
async fn taken(turn: &mut Option<oneshot::Receiver<()>>) {
    match turn {
        Some(done) => {
            // An exchange that is gone deals with nothing any more; then the socket ends, too.
            let _ = done.await;
            *turn = None;
        }
        None => std::future::pending().await,
    }
}
