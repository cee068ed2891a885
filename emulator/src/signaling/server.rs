//! The socket itself: frames in and out, heartbeats, and nothing that means anything.

use actix_web::{HttpRequest, HttpResponse, web};
use actix_ws::{AggregatedMessage, AggregatedMessageStream, Session};
use tokio::sync::mpsc;
use tokio::time::{Instant, interval_at};

use super::SocketId;
use super::session::edge;
use crate::config::Timing;
use crate::exchange::Input;
use crate::runtime::{Command, Link, ToSocket};

/// Frames beyond this end the socket: they are no mistake any more. Smaller ones are read and refused politely.
const LARGEST_FRAME: usize = 4 * 1024 * 1024;
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
    if link.edges_down.contains(edge(host.as_deref())) {
        return Ok(HttpResponse::ServiceUnavailable().body("this edge is down"));
    }
    let (response, session, stream) = actix_ws::handle(&request, body)?;
    let stream =
        stream.max_frame_size(LARGEST_FRAME).aggregate_continuations().max_continuation_size(LARGEST_FRAME);
    let (sender, outgoing) = mpsc::unbounded_channel();
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
    mut outgoing: mpsc::UnboundedReceiver<ToSocket>,
    link: &Link,
    timing: &Timing,
) {
    let period = timing.heartbeat.max(std::time::Duration::from_millis(1));
    let mut heartbeat = interval_at(Instant::now() + period, period);
    loop {
        let sent = tokio::select! {
            _ = heartbeat.tick() => session.text(HEARTBEAT).await,
            order = outgoing.recv() => match order {
                Some(ToSocket::Text(text)) => session.text(text).await,
                Some(ToSocket::Close) => {
                    let _ = session.close(None).await;
                    return;
                }
                Some(ToSocket::Drop) | None => return,
            },
            frame = stream.recv() => match frame {
                Some(Ok(AggregatedMessage::Text(text))) => {
                    if &*text != HEARTBEAT {
                        link.input(Input::Frame { socket, text: text.to_string() });
                    }
                    Ok(())
                }
                Some(Ok(AggregatedMessage::Binary(bytes))) => {
                    link.input(Input::BinaryFrame { socket, length: bytes.len() });
                    Ok(())
                }
                Some(Ok(AggregatedMessage::Ping(bytes))) => session.pong(&bytes).await,
                Some(Ok(AggregatedMessage::Pong(_))) => Ok(()),
                Some(Ok(AggregatedMessage::Close(reason))) => {
                    let _ = session.close(reason).await;
                    return;
                }
                Some(Err(_)) | None => return,
            },
        };
        if sent.is_err() {
            return;
        }
    }
}
