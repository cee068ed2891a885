//! Sockets come and go, register, and speak.

use std::time::Duration;

use super::effect::{Effect, Timer};
use super::state::Exchange;
use crate::core::call::CallStatus;
use crate::core::config::TokenRefusal;
use crate::core::signaling::{
    ClientMessage, Malformed, ServerMessage, Session, SocketId, Step, parse, redact,
};
use crate::core::timeline::Event;

/// A browser that was told `close` closes its socket itself; this long it may take.
const LINGER: Duration = Duration::from_secs(5);

impl Exchange {
    pub(super) fn socket_opened(&mut self, socket: SocketId, host: Option<&str>) {
        self.sockets.insert(socket, Session::new(host));
        self.note(None, Event::SocketOpened { socket });
    }

    pub(super) fn socket_closed(&mut self, socket: SocketId) {
        if !self.sockets.contains_key(&socket) {
            return;
        }
        self.unregister(socket);
        self.sockets.remove(&socket);
        self.ending.remove(&socket);
        self.note(None, Event::SocketClosed { socket });
        self.lose_socket(socket);
    }

    pub(super) fn frame(&mut self, socket: SocketId, text: &str) {
        let read = parse(text);
        let (kind, payload) = match &read {
            Ok((_, kind, payload)) => (kind, payload),
            Err(malformed) => (&malformed.kind, &malformed.payload),
        };
        let sid = payload["callsid"].as_str().and_then(|callsid| self.sid_of(socket, callsid));
        let Some(session) = self.sockets.get(&socket) else { return };
        let event = Event::SignalIn {
            socket,
            identity: session.identity().map(str::to_owned),
            message: kind.clone(),
            payload: redact(payload),
        };
        self.note(sid.as_deref(), event);
        self.dispatch(socket, read.map(|(message, _, _)| message));
    }

    pub(super) fn binary_frame(&mut self, socket: SocketId, length: usize) {
        let malformed = Malformed {
            code: 31100,
            message: format!("A binary frame of {length} bytes; only text frames are read"),
            callsid: None,
            kind: "binary".into(),
            payload: serde_json::Value::Null,
        };
        self.dispatch(socket, Err(malformed));
    }

    fn dispatch(&mut self, socket: SocketId, read: Result<ClientMessage, Malformed>) {
        let Some(session) = self.sockets.get_mut(&socket) else { return };
        let steps = match read {
            Ok(message) => session.message(message, &self.account, self.now),
            Err(malformed) => session.malformed(&malformed),
        };
        self.steps(socket, steps);
    }

    pub(super) fn token_ends(&mut self, socket: SocketId, expires: i64) {
        let Some(session) = self.sockets.get_mut(&socket) else { return };
        let steps = session.expired(expires);
        self.steps(socket, steps);
    }

    fn steps(&mut self, socket: SocketId, steps: Vec<Step>) {
        for step in steps {
            match step {
                Step::Send(message) => self.send(socket, message),
                Step::Fault { code, message } => self.fault(None, code, message),
                Step::Accepted { expires } => {
                    self.ending.remove(&socket);
                    let left = u64::try_from(expires - self.now.as_second()).unwrap_or(0);
                    self.after(Duration::from_secs(left), Timer::TokenEnds { socket, expires });
                }
                Step::Register => self.register(socket),
                Step::Unregister => self.unregister(socket),
                Step::Refuse => {
                    self.ending.insert(socket);
                    self.refuse_if_idle(socket);
                }
                Step::Call(message) => self.call_message(socket, message),
            }
        }
    }

    fn call_message(&mut self, socket: SocketId, message: ClientMessage) {
        match message {
            ClientMessage::Invite { callsid, sdp, params } => self.invite(socket, callsid, sdp, &params),
            ClientMessage::Reconnect { callsid, reconnect, sdp } => {
                self.reconnect(socket, &callsid, &reconnect, sdp);
            }
            ClientMessage::Answer { callsid, sdp } => self.client_answers(socket, &callsid, sdp),
            ClientMessage::Reject { callsid } => self.client_rejects(socket, &callsid),
            ClientMessage::Hangup { callsid } => self.client_hangs_up(socket, &callsid),
            ClientMessage::Reinvite { callsid, sdp } => self.reinvite(socket, &callsid, sdp),
            ClientMessage::Dtmf { callsid, digits } => self.client_dtmf(socket, &callsid, &digits),
            ClientMessage::Message { callsid, event_sid, kind, too_long } => {
                self.call_text(socket, &callsid, &event_sid, &kind, too_long);
            }
            // The session keeps these to itself.
            ClientMessage::Listen { .. } | ClientMessage::Register { .. } => {}
        }
    }

    fn register(&mut self, socket: SocketId) {
        let Some(identity) = self.identity(socket) else { return };
        let before = self.registry.sockets(&identity).len();
        if let Some(evicted) = self.registry.add(&identity, socket) {
            self.fault(
                None,
                31000,
                format!("{identity} has more than 10 registrations; the oldest gives way"),
            );
            self.send(evicted, ServerMessage::offline());
        }
        if self.registry.sockets(&identity).len() != before {
            self.registrations_changed(&identity);
        }
    }

    fn unregister(&mut self, socket: SocketId) {
        // Not the socket's identity of now: a new token may have brought another one.
        let Some(identity) = self.registry.identity_of(socket).map(str::to_owned) else { return };
        if self.registry.remove(&identity, socket) {
            self.registrations_changed(&identity);
        }
    }

    fn registrations_changed(&mut self, identity: &str) {
        let count = self.registry.sockets(identity).len();
        self.note(None, Event::Registered { identity: identity.to_owned(), count });
        self.effect(Effect::Registered { identity: identity.to_owned(), count });
    }

    /// A call outlives its browser's token; the socket is refused when it has no call any more.
    pub(super) fn refuse_if_idle(&mut self, socket: SocketId) {
        let busy = self.legs.values().any(|leg| {
            leg.status == CallStatus::InProgress
                && leg.client().is_some_and(|client| client.socket == Some(socket))
        });
        if busy || !self.ending.remove(&socket) {
            return;
        }
        match self.timing.token_refusal {
            TokenRefusal::CloseMessage => {
                self.send(socket, ServerMessage::close());
                self.after(LINGER, Timer::SocketLingers { socket });
            }
            TokenRefusal::SocketClose => self.effect(Effect::CloseSocket { socket }),
        }
        if let Some(session) = self.sockets.get_mut(&socket) {
            session.close();
        }
    }

    pub(super) fn identity(&self, socket: SocketId) -> Option<String> {
        self.sockets.get(&socket)?.identity().map(str::to_owned)
    }

    /// The leg that this socket's browser calls `callsid`: a CallSid, or the temporary id that the SDK made.
    pub(super) fn sid_of(&self, socket: SocketId, callsid: &str) -> Option<String> {
        let identity = self.sockets.get(&socket)?.grant()?.identity.as_deref();
        self.legs
            .values()
            .find(|leg| {
                leg.client().is_some_and(|client| {
                    // Those without a name are not one and the same: each has the call of its socket.
                    let theirs = match identity {
                        Some(name) => client.identity.as_deref() == Some(name),
                        None => client.identity.is_none() && client.socket.is_none_or(|own| own == socket),
                    };
                    theirs && (leg.sid == callsid || client.temporary_id.as_deref() == Some(callsid))
                })
            })
            .map(|leg| leg.sid.clone())
    }
}
