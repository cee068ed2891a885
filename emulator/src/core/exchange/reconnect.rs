//! A browser loses its socket in a call, takes the call up again, hands it to another browser, or restarts ICE.

use std::time::Duration;

use super::effect::{MediaOp, Timer};
use super::state::Exchange;
use crate::core::call::{CallStatus, WebRtc};
use crate::core::media::check_offer;
use crate::core::signaling::{ServerMessage, SocketId};
use crate::core::timeline::Event;

impl Exchange {
    /// How long a call of this socket outlives the socket.
    pub(super) fn grace(&self, socket: SocketId) -> Duration {
        match self.sockets.get(&socket).map(|session| session.reconnect_timeout()) {
            Some(seconds) if seconds > 0 => Duration::from_secs(seconds),
            _ => self.timing.lost_leg_grace,
        }
    }

    /// A socket is gone. What rang there rings no more; a call waits for its browser for a while.
    pub(super) fn lose_socket(&mut self, socket: SocketId) {
        let sids: Vec<String> = self
            .legs
            .values()
            .filter(|leg| leg.is_live() && leg.is_client())
            .map(|leg| leg.sid.clone())
            .collect();
        for sid in sids {
            self.drop_rings(&sid, socket);
            let Some(leg) = self.legs.get_mut(&sid).filter(|leg| leg.is_live()) else { continue };
            let answered = leg.is_answered();
            let Some(client) = leg.client_mut().filter(|client| client.socket == Some(socket)) else {
                continue;
            };
            client.socket = None;
            client.losses += 1;
            let (loss, after) = (client.losses, client.grace);
            if answered {
                self.note(
                    Some(&sid),
                    Event::Media { what: "signaling lost; the call waits for its browser".into() },
                );
                self.after(after, Timer::LostLeg { sid, loss });
            } else {
                // The SDK has no token yet and gives the call up by itself.
                self.end_leg(&sid, CallStatus::Canceled, None, true);
            }
        }
    }

    pub(super) fn lost_leg(&mut self, sid: &str, loss: u32) {
        let lost = self
            .legs
            .get(sid)
            .and_then(|leg| leg.client())
            .is_some_and(|client| client.socket.is_none() && client.losses == loss);
        if lost {
            self.fault(Some(sid), 53001, "the browser did not come back in time");
            self.end_leg(sid, CallStatus::Completed, None, true);
        }
    }

    /// `invite` with a reconnect token. The SDK sends it after every `connected`, whether or not anything was lost.
    pub(super) fn reconnect(&mut self, socket: SocketId, callsid: &str, token: &str, sdp: Option<String>) {
        let valid = self.sid_of(socket, callsid).filter(|sid| {
            self.legs.get(sid).is_some_and(|leg| {
                leg.is_live()
                    && leg.client().is_some_and(|client| client.reconnect.iter().any(|known| known == token))
            })
        });
        let Some(sid) = valid else {
            let message = "The call to take up again is not known, or the token is not one of it";
            self.fault(None, 31209, message);
            return self.send(socket, ServerMessage::hangup(callsid, Some((31209, message))));
        };
        let Some(leg) = self.legs.get_mut(&sid) else { return };
        if !leg.is_answered() {
            return self.forward(socket, &sid, sdp);
        }
        let Some(client) = leg.client_mut() else { return };
        let before = client.socket.replace(socket);
        if let Some(before) = before.filter(|before| *before != socket) {
            // The old socket has not been seen to die yet; it must not end the call when it does.
            self.note(Some(&sid), Event::Media { what: format!("taken over from socket {before}") });
        }
        self.say_answer(&sid, None);
    }

    /// A call that rings elsewhere is taken by a browser that was handed its connect token.
    fn forward(&mut self, socket: SocketId, sid: &str, sdp: Option<String>) {
        let rings =
            self.legs.get(sid).and_then(|leg| leg.client()).is_some_and(|client| !client.rings.is_empty());
        let usable = sdp.filter(|sdp| rings && check_offer(sdp).is_ok());
        let Some(sdp) = usable else {
            let message = "A call that rings is taken over with a WebRTC offer";
            self.fault(Some(sid), 31400, message);
            return self.send(socket, ServerMessage::hangup(sid, Some((31400, message))));
        };
        let key = self.new_media(sid);
        self.take_call(sid, socket, key);
        if let Some(client) = self.legs.get_mut(sid).and_then(|leg| leg.client_mut()) {
            client.web_rtc = WebRtc::Accepting { ringing: false, answer: true };
        }
        self.media_op(key, MediaOp::AcceptOffer(sdp));
        self.child_answered(sid);
    }

    pub(super) fn reinvite(&mut self, socket: SocketId, callsid: &str, sdp: String) {
        let Some(sid) = self.sid_of(socket, callsid) else { return self.unknown_call(socket, callsid) };
        let Some(leg) = self.legs.get(&sid) else { return };
        let owns = leg.client().is_some_and(|client| client.socket == Some(socket));
        let Some(key) = leg.media.filter(|_| owns && leg.is_live()) else { return };
        if let Err(error) = check_offer(&sdp) {
            let message = format!("The SDP cannot be used: {error}");
            self.fault(Some(&sid), 31400, message.clone());
            return self.send(socket, ServerMessage::error(31400, &message, Some(&sid)));
        }
        self.media_op(key, MediaOp::RestartIce(sdp));
    }

    pub(super) fn ice_restarted(&mut self, sid: &str, result: Result<String, String>) {
        let Some(socket) = self.legs.get(sid).and_then(|leg| leg.client()).and_then(|client| client.socket)
        else {
            return;
        };
        match result {
            Ok(sdp) => self.send(socket, ServerMessage::answer(sid, Some(&sdp), None)),
            Err(reason) => {
                let message = format!("ICE cannot be restarted: {reason}");
                self.fault(Some(sid), 53405, message.clone());
                self.send(socket, ServerMessage::error(31400, &message, Some(sid)));
            }
        }
    }

    /// A call message: it is acknowledged, and goes nowhere.
    pub(super) fn call_text(
        &mut self,
        socket: SocketId,
        callsid: &str,
        event_sid: &str,
        kind: &str,
        too_long: bool,
    ) {
        let message = if self.sid_of(socket, callsid).is_none() {
            ServerMessage::message_error(31404, "The call is not known", callsid, event_sid)
        } else if kind != "user-defined-message" {
            ServerMessage::message_error(
                31210,
                "messagetype must be user-defined-message",
                callsid,
                event_sid,
            )
        } else if too_long {
            ServerMessage::message_error(31212, "content is longer than 10 KB", callsid, event_sid)
        } else {
            ServerMessage::ack(callsid, event_sid)
        };
        self.send(socket, message);
    }
}
