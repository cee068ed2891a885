//! The caller's leg is alerted and answered.

use super::effect::{Effect, MediaOp};
use super::state::Exchange;
use crate::core::call::{CallStatus, Party, Running, WebRtc};
use crate::core::media::{Hears, Sound};
use crate::core::phones::PhoneCallStatus;
use crate::core::signaling::ServerMessage;
use crate::core::timeline::Event;

impl Exchange {
    /// Answers the caller, unless that was done before.
    pub(super) fn answer_leg(&mut self, sid: &str) {
        let now = self.now;
        let Some(leg) = self.legs.get_mut(sid).filter(|leg| leg.is_live() && !leg.is_answered()) else {
            return;
        };
        leg.status = CallStatus::InProgress;
        leg.answered_at = Some(now);
        let is_client = leg.is_client();
        let line = leg.line().map(|line| line.other.clone());
        self.note(Some(sid), Event::CallStatus { status: CallStatus::InProgress.as_str().into() });
        self.publish(sid);
        match line {
            Some(near) => self.child_answered(&near),
            None if is_client => self.accept_offer(sid, false),
            None => self.effect(Effect::PhoneStatus { sid: sid.to_owned(), status: PhoneCallStatus::InCall }),
        }
    }

    /// Gives the caller early media: it can hear before it is answered.
    pub(super) fn early_media(&mut self, sid: &str) {
        let waits = self.legs.get(sid).is_some_and(|leg| leg.is_client() && !leg.is_answered());
        if waits {
            self.accept_offer(sid, true);
        }
    }

    /// Takes up the offer that waited; or says `answer` at once when the browser has its SDP already.
    fn accept_offer(&mut self, sid: &str, early: bool) {
        let Some(client) = self.legs.get_mut(sid).and_then(|leg| leg.client_mut()) else { return };
        match std::mem::take(&mut client.web_rtc) {
            WebRtc::Offered(sdp) => {
                client.web_rtc = WebRtc::Accepting { ringing: early, answer: !early };
                let key = self.new_media(sid);
                if let Some(leg) = self.legs.get_mut(sid) {
                    leg.media = Some(key);
                }
                self.media_op(key, MediaOp::AcceptOffer(sdp));
            }
            WebRtc::Accepting { ringing, answer } => {
                client.web_rtc = WebRtc::Accepting { ringing: ringing || early, answer: answer || !early };
            }
            state @ (WebRtc::Live | WebRtc::None) => {
                client.web_rtc = state;
                if !early {
                    self.say_answer(sid, None);
                }
            }
        }
    }

    /// The media engine has answered the browser's offer.
    pub(super) fn offer_accepted(&mut self, sid: &str, result: Result<String, String>) {
        let Some(leg) = self.legs.get_mut(sid).filter(|leg| leg.is_live()) else { return };
        let Some(client) = leg.client_mut() else { return };
        let WebRtc::Accepting { ringing, answer } = client.web_rtc else { return };
        client.web_rtc = WebRtc::Live;
        let socket = client.socket;
        let sdp = match result {
            Ok(sdp) => sdp,
            Err(reason) => {
                let message = format!("The SDP cannot be used: {reason}");
                self.fault(Some(sid), 31400, message.clone());
                return self.end_leg(sid, CallStatus::Failed, Some((31400, message)), false);
            }
        };
        if ringing && let Some(socket) = socket {
            self.tell_sid(sid);
            self.send(socket, ServerMessage::ringing(sid, Some(&sdp)));
        }
        if answer {
            self.say_answer(sid, (!ringing).then_some(sdp.as_str()));
            let script = self.legs.get(sid).and_then(|leg| leg.script.as_ref());
            if script.is_some_and(|script| matches!(script.running, Running::HangingUp)) {
                self.end_leg(sid, CallStatus::Completed, None, false);
            }
        }
    }

    /// `answer` with a fresh reconnect token.
    pub(super) fn say_answer(&mut self, sid: &str, sdp: Option<&str>) {
        let token = self.reconnect_token(sid);
        self.tell_sid(sid);
        let Some(client) = self.legs.get(sid).and_then(|leg| leg.client()) else { return };
        if let Some(socket) = client.socket {
            self.send(socket, ServerMessage::answer(sid, sdp, Some(&token)));
        }
    }

    fn tell_sid(&mut self, sid: &str) {
        if let Some(client) = self.legs.get_mut(sid).and_then(|leg| leg.client_mut()) {
            client.told_sid = true;
        }
    }

    /// A new token by which the browser can take the call up again.
    pub(super) fn reconnect_token(&mut self, sid: &str) -> String {
        let token = self.ids.hex32();
        if let Some(client) = self.legs.get_mut(sid).and_then(|leg| leg.client_mut()) {
            client.reconnect.push(token.clone());
        }
        token
    }

    /// The caller learns that somebody rings, without hearing it from us.
    pub(super) fn alert_caller(&mut self, sid: &str) {
        let Some(leg) = self.legs.get(sid).filter(|leg| leg.is_live() && !leg.is_answered()) else { return };
        match &leg.party {
            Party::Client(client) => {
                if let Some(socket) = client.socket {
                    self.tell_sid(sid);
                    self.send(socket, ServerMessage::ringing(sid, None));
                }
            }
            Party::Phone(_) | Party::Line(_) => {
                self.hear(sid, Hears::Sound(Sound::Ringback));
            }
        }
    }
}
