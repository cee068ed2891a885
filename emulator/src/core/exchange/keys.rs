//! Keys are pressed.

use super::effect::{Effect, MediaOp};
use super::state::Exchange;
use crate::core::call::CallStatus;
use crate::core::media::Sound;
use crate::core::phones::Behaviour;
use crate::core::signaling::SocketId;
use crate::core::timeline::Event;

impl Exchange {
    /// Keys that a browser could not send as RTP events.
    pub(super) fn client_dtmf(&mut self, socket: SocketId, callsid: &str, digits: &str) {
        let Some(sid) = self.sid_of(socket, callsid) else { return self.unknown_call(socket, callsid) };
        let owns = self
            .legs
            .get(&sid)
            .and_then(|leg| leg.client())
            .is_some_and(|client| client.socket == Some(socket));
        if !owns {
            return;
        }
        for key in digits.chars().filter(|key| *key != 'w') {
            self.key_pressed(&sid, key, "signaling");
        }
    }

    /// A party pressed a key; the other one gets it.
    pub(super) fn key_pressed(&mut self, sid: &str, key: char, by: &str) {
        if self.legs.get(sid).is_none_or(|leg| !leg.is_live()) {
            return;
        }
        self.note(Some(sid), Event::Key { key, by: by.to_owned() });
        if self.heard_by_gather(sid, key) || self.heard_by_recording(sid, key) {
            return;
        }
        if key == '*' && self.ends_by_star(sid) {
            return;
        }
        if let Some(peer) = self.peer(sid) {
            self.key_heard(&peer, key);
        }
    }

    /// `hangupOnStar`: the caller's star drops the callee and the document goes on.
    fn ends_by_star(&mut self, sid: &str) -> bool {
        let bridged =
            self.dial_of(sid).filter(|dial| dial.verb.hangup_on_star).and_then(|dial| dial.bridged.clone());
        let Some(child) = bridged else { return false };
        self.end_leg(&child, CallStatus::Completed, None, false);
        true
    }

    /// A party hears a key: a phone takes note of it, and a line carries it on.
    pub(super) fn key_heard(&mut self, sid: &str, key: char) {
        let Some(leg) = self.legs.get_mut(sid) else { return };
        if let Some(line) = leg.line() {
            let other = line.other.clone();
            return self.key_pressed(&other, key, "line");
        }
        let media = leg.media;
        let Some(phone) = leg.phone_mut() else { return };
        phone.keys.push(key);
        let confirms = matches!(phone.behaviour, Behaviour::Menu);
        self.effect(Effect::PhoneKey { sid: sid.to_owned(), key });
        if let Some(media) = media.filter(|_| confirms) {
            self.media_op(media, MediaOp::Say(Sound::Speech { text: spoken(key).into() }));
        }
    }

    /// The leg at the other end of the conversation.
    pub(super) fn peer(&mut self, sid: &str) -> Option<String> {
        if let Some(dial) = self.dial_of(sid) {
            return dial.bridged.clone();
        }
        match self.legs.get(sid)?.parent.clone() {
            Some(parent) => {
                let bridged = self.dial_of(&parent)?.bridged.as_deref() == Some(sid);
                bridged.then_some(parent)
            }
            None => None,
        }
    }
}

fn spoken(key: char) -> &'static str {
    match key {
        '0' => "zero",
        '1' => "one",
        '2' => "two",
        '3' => "three",
        '4' => "four",
        '5' => "five",
        '6' => "six",
        '7' => "seven",
        '8' => "eight",
        '9' => "nine",
        '*' => "star",
        '#' => "pound",
        _ => "key",
    }
}
