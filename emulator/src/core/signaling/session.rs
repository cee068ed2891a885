//! One signaling socket: a pure state machine without socket and without clock.

use jiff::Timestamp;

use super::edge::{HERE, edge};
use super::protocol::{ClientMessage, Malformed, ServerMessage};
use crate::core::token::{self, Grant, Issuers};

/// What the exchange must do about a message.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// Say this to the browser.
    Send(ServerMessage),
    /// Record a fault that the browser has been told about.
    Fault {
        /// Code of the SDK's catalogue.
        code: u32,
        /// What is wrong.
        message: String,
    },
    /// The token was accepted; come back when it ends.
    Accepted {
        /// Unix seconds.
        expires: i64,
    },
    /// The identity changed or the token was refused: what the socket had registered is void.
    Unregister,
    /// The browser wants to be called.
    Register,
    /// The session is over: say `close` or close the socket, as configured.
    Refuse,
    /// The message is about a call.
    Call(ClientMessage),
}

/// The state of one socket.
#[derive(Debug, Default)]
pub struct Session {
    grant: Option<Grant>,
    /// Seconds that calls outlive this socket; 0: the server's choice.
    reconnect_timeout: u64,
    /// The edge that the browser asked for, echoed in `connected`.
    edge: String,
    /// Why the socket may do no more than finish its call: the token has ended, or a newer one was refused.
    refused: Option<(u32, String)>,
    closed: bool,
}

impl Session {
    /// A fresh socket. `host` is the host name that the SDK believes to talk to; its edge is told back.
    #[must_use]
    pub fn new(host: Option<&str>) -> Self {
        Self { edge: edge(host).unwrap_or(HERE).to_owned(), ..Self::default() }
    }

    /// What the accepted token permits.
    #[must_use]
    pub fn grant(&self) -> Option<&Grant> {
        self.grant.as_ref()
    }

    /// The client name, once a token that has one was accepted.
    #[must_use]
    pub fn identity(&self) -> Option<&str> {
        self.grant.as_ref()?.identity.as_deref()
    }

    /// Why the socket may begin nothing new: error code and text.
    #[must_use]
    pub fn refused(&self) -> Option<(u32, String)> {
        self.refused.clone()
    }

    /// Seconds that calls outlive this socket; 0: the server's choice.
    #[must_use]
    pub fn reconnect_timeout(&self) -> u64 {
        self.reconnect_timeout
    }

    /// A frame that could not be used.
    #[must_use]
    pub fn malformed(&self, frame: &Malformed) -> Vec<Step> {
        if self.closed {
            return Vec::new();
        }
        let mut steps = refusal(frame.code, &frame.message, frame.callsid.as_deref());
        if let Some(callsid) = frame.callsid.as_deref().filter(|_| frame.kind == "invite") {
            // The SDK's call would wait for ever.
            let error = Some((frame.code, frame.message.as_str()));
            steps.push(Step::Send(ServerMessage::hangup(callsid, error)));
        }
        steps
    }

    /// A message.
    pub fn message(&mut self, message: ClientMessage, account: &impl Issuers, now: Timestamp) -> Vec<Step> {
        if self.closed {
            return Vec::new();
        }
        match message {
            ClientMessage::Listen { token, reconnect_timeout } => {
                self.reconnect_timeout = reconnect_timeout;
                self.listen(&token, account, now)
            }
            ClientMessage::Register { audio } => self.register(audio),
            call if self.grant.is_some() => vec![Step::Call(call)],
            _ => refusal(
                31204,
                "JWT is invalid: no token was accepted on this socket; send listen first",
                None,
            ),
        }
    }

    /// The end of a token is there. Nothing happens when a newer one has taken its place.
    pub fn expired(&mut self, expires: i64) -> Vec<Step> {
        if self.closed || self.grant.as_ref().is_none_or(|grant| grant.expires != expires) {
            return Vec::new();
        }
        self.refused = Some((31205, "Cannot register. Token is expired".into()));
        let mut steps = refusal(31205, "Access Token expired or expiration date invalid", None);
        steps.extend([Step::Unregister, Step::Refuse]);
        steps
    }

    /// Nothing is heard on this socket from now on.
    pub fn close(&mut self) {
        self.closed = true;
    }

    fn listen(&mut self, token: &str, account: &impl Issuers, now: Timestamp) -> Vec<Step> {
        match token::verify(token, account, now) {
            Ok(grant) => {
                let mut steps = Vec::new();
                if self.identity().is_some_and(|before| Some(before) != grant.identity.as_deref()) {
                    steps.push(Step::Unregister);
                }
                let (expires, ttl) = (grant.expires, grant.expires - now.as_second());
                steps.push(Step::Send(ServerMessage::connected(grant.identity.as_deref(), ttl, &self.edge)));
                steps.push(Step::Accepted { expires });
                self.grant = Some(grant);
                self.refused = None;
                steps
            }
            Err(error) => {
                self.refused = Some((error.code(), error.to_string()));
                let mut steps = refusal(error.code(), &error.to_string(), None);
                steps.extend([Step::Unregister, Step::Refuse]);
                steps
            }
        }
    }

    fn register(&self, audio: bool) -> Vec<Step> {
        let Some(grant) = &self.grant else {
            return refusal(31204, "JWT is invalid: register came before listen was accepted", None);
        };
        if let Some((code, message)) = &self.refused {
            return refusal(*code, message, None);
        }
        if !audio {
            return vec![Step::Unregister, Step::Send(ServerMessage::offline())];
        }
        if !grant.incoming || grant.identity.is_none() {
            // A token without the incoming grant, or without a name, registers, but nothing reaches it.
            return vec![Step::Send(ServerMessage::ready())];
        }
        vec![Step::Register, Step::Send(ServerMessage::ready())]
    }
}

fn refusal(code: u32, message: &str, callsid: Option<&str>) -> Vec<Step> {
    vec![
        Step::Send(ServerMessage::error(code, message, callsid)),
        Step::Fault { code, message: message.to_owned() },
    ]
}
