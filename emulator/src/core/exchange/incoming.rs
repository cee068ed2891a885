//! A browser is called, and ends calls.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::json;

use super::effect::MediaOp;
use super::state::Exchange;
use crate::core::call::CallStatus;
use crate::core::media::MediaKey;
use crate::core::signaling::{ServerMessage, SocketId};

/// What `encodeURIComponent` leaves as it is.
const COMPONENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'!')
    .remove(b'~')
    .remove(b'*')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')');

impl Exchange {
    /// The media engine has made the offer for one of the sockets where the call rings.
    pub(super) fn offer_made(&mut self, sid: &str, key: MediaKey, result: Result<String, String>) {
        let Some(leg) = self.legs.get_mut(sid).filter(|leg| leg.is_live()) else { return };
        let (from, to) = (leg.from.clone(), leg.to.clone());
        let verstat = leg.parent.clone().and_then(|parent| self.verstat(&parent, &from));
        let Some(leg) = self.legs.get_mut(sid) else { return };
        let Some(client) = leg.client_mut() else { return };
        let Some(ring) = client.rings.iter_mut().find(|ring| ring.media == key) else { return };
        let socket = ring.socket;
        let sdp = match result {
            Ok(sdp) => sdp,
            Err(reason) => {
                self.fault(Some(sid), 53405, format!("no audio for the invite: {reason}"));
                return self.drop_rings(sid, socket);
            }
        };
        ring.invited = true;
        let params = custom_parameters(&client.parameters);
        let mut parameters = json!({
            "CallSid": sid, "AccountSid": self.account.sid, "From": from, "To": to, "ApiVersion": "2010-04-01",
        });
        if !params.is_empty() {
            parameters["Params"] = params.into();
        }
        if let Some(verstat) = verstat {
            parameters["StirStatus"] = verstat.into();
        }
        let token = self.reconnect_token(sid);
        self.send(socket, ServerMessage::invite(sid, &sdp, &token, parameters));
        self.alerted(sid);
    }

    /// What is known of the number that a browser is shown: nothing, when it is not the one of the phone that calls.
    fn verstat(&self, parent: &str, shown: &str) -> Option<&'static str> {
        let parent = self.legs.get(parent).filter(|parent| parent.from == shown)?;
        parent.phone()?.attestation.verstat()
    }

    pub(super) fn client_answers(&mut self, socket: SocketId, callsid: &str, sdp: String) {
        let Some(sid) = self.sid_of(socket, callsid) else { return self.unknown_call(socket, callsid) };
        let Some(client) = self.legs.get_mut(&sid).and_then(|leg| leg.client_mut()) else { return };
        let ring =
            client.rings.iter_mut().find(|ring| ring.socket == socket && ring.invited && !ring.answering);
        let Some(ring) = ring else { return };
        ring.answering = true;
        let key = ring.media;
        self.media_op(key, MediaOp::AcceptAnswer(sdp));
    }

    /// The media engine has looked at a browser's answer.
    pub(super) fn answer_checked(&mut self, sid: &str, key: MediaKey, result: Result<(), String>) {
        let Some(leg) = self.legs.get_mut(sid).filter(|leg| leg.is_live() && !leg.is_answered()) else {
            return;
        };
        let Some(client) = leg.client_mut() else { return };
        let Some(ring) = client.rings.iter_mut().find(|ring| ring.media == key) else { return };
        let socket = ring.socket;
        if let Err(reason) = result {
            let message = format!("The SDP cannot be used: {reason}");
            self.fault(Some(sid), 31400, message.clone());
            self.send(socket, ServerMessage::error(31400, &message, Some(sid)));
            // For the SDK the call is open by now; it would stay so for ever.
            self.send(socket, ServerMessage::hangup(sid, Some((31400, &message))));
            return self.drop_rings(sid, socket);
        }
        self.take_call(sid, socket, key);
        self.say_answer(sid, None);
        self.child_answered(sid);
    }

    /// This socket has the call; it stops ringing everywhere else.
    pub(super) fn take_call(&mut self, sid: &str, socket: SocketId, key: MediaKey) {
        let grace = self.grace(socket);
        let Some(leg) = self.legs.get_mut(sid) else { return };
        leg.media = Some(key);
        let Some(client) = leg.client_mut() else { return };
        client.socket = Some(socket);
        client.grace = grace;
        let rings = std::mem::take(&mut client.rings);
        for other in rings.into_iter().filter(|ring| ring.media != key) {
            if other.invited {
                self.send(other.socket, ServerMessage::cancel(sid));
            }
            self.close_media(other.media);
        }
    }

    /// A declined call is over everywhere.
    pub(super) fn client_rejects(&mut self, socket: SocketId, callsid: &str) {
        let Some(sid) = self.sid_of(socket, callsid) else { return self.unknown_call(socket, callsid) };
        let Some(client) = self.legs.get_mut(&sid).and_then(|leg| leg.client_mut()) else { return };
        let Some(at) = client.rings.iter().position(|ring| ring.socket == socket) else { return };
        let ring = client.rings.remove(at);
        self.close_media(ring.media);
        self.end_leg(&sid, CallStatus::Busy, None, true);
    }

    pub(super) fn client_hangs_up(&mut self, socket: SocketId, callsid: &str) {
        let Some(sid) = self.sid_of(socket, callsid) else { return self.unknown_call(socket, callsid) };
        let Some(leg) = self.legs.get(&sid) else { return };
        let Some(client) = leg.client() else { return };
        if client.socket != Some(socket) {
            if client.rings.iter().any(|ring| ring.socket == socket) {
                self.client_rejects(socket, callsid);
            }
            return;
        }
        let status = if leg.is_answered() { CallStatus::Completed } else { CallStatus::Canceled };
        self.end_leg(&sid, status, None, true);
    }

    /// The call does not ring at this socket any more; nobody is reached when it rang nowhere else.
    pub(super) fn drop_rings(&mut self, sid: &str, socket: SocketId) {
        let Some(leg) = self.legs.get_mut(sid).filter(|leg| leg.is_live()) else { return };
        let Some(client) = leg.client_mut() else { return };
        let (gone, left): (Vec<_>, Vec<_>) =
            std::mem::take(&mut client.rings).into_iter().partition(|ring| ring.socket == socket);
        client.rings = left;
        let nobody = client.rings.is_empty() && client.socket.is_none();
        let any = !gone.is_empty();
        for ring in gone {
            self.close_media(ring.media);
        }
        if any && nobody {
            self.end_leg(sid, CallStatus::NoAnswer, None, false);
        }
    }

    /// A message about a call that is over or never was. A hangup may cross ours, so nobody is told.
    pub(super) fn unknown_call(&mut self, _socket: SocketId, callsid: &str) {
        self.note(
            None,
            crate::core::timeline::Event::Media {
                what: format!("a message about {callsid}, which is not a live call"),
            },
        );
    }
}

/// `<Parameter>` as the SDK reads it: names as they are, values URI-encoded.
fn custom_parameters(parameters: &[(String, String)]) -> String {
    let pairs: Vec<String> = parameters
        .iter()
        .map(|(name, value)| format!("{name}={}", utf8_percent_encode(value, COMPONENT)))
        .collect();
    pairs.join("&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_raw_and_values_are_encoded() {
        let pairs = [("custom + param", "我"), ("foobar", "some + value"), ("x", "a&b=c")];
        let owned: Vec<_> = pairs.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
        assert_eq!(
            custom_parameters(&owned),
            "custom + param=%E6%88%91&foobar=some%20%2B%20value&x=a%26b%3Dc"
        );
    }
}
