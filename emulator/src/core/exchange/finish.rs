//! A leg ends.

use super::effect::Effect;
use super::state::Exchange;
use crate::core::account::present;
use crate::core::call::{CallStatus, Direction, Party};
use crate::core::phones::{EndReason, PhoneCallStatus};
use crate::core::signaling::ServerMessage;
use crate::core::webhook::status_callback;

impl Exchange {
    /// Ends a leg, once. `error` is what a browser is told; `by_party` says that the party itself ended it and
    /// needs no telling.
    pub(super) fn end_leg(
        &mut self,
        sid: &str,
        status: CallStatus,
        error: Option<(u32, String)>,
        by_party: bool,
    ) {
        let now = self.now;
        let Some(leg) = self.legs.get_mut(sid).filter(|leg| leg.is_live()) else { return };
        leg.status = status;
        leg.ended_at = Some(now);
        let media = leg.media;
        let parent = leg.parent.clone();
        self.changed(sid);
        self.tell_party(sid, error.as_ref(), by_party);
        self.recording_hung_up(sid);
        if let Some(key) = media {
            self.close_media(key);
        }
        match parent {
            Some(parent) => {
                self.progress(sid, status);
                self.abandon_dial(sid);
                self.child_ended(&parent, sid);
            }
            None => {
                self.abandon_dial(sid);
                self.number_callback(sid);
            }
        }
        self.end_of_line(sid);
        if let Some(socket) = self.legs.get(sid).and_then(|leg| leg.client()).and_then(|client| client.socket)
        {
            self.refuse_if_idle(socket);
        }
    }

    fn tell_party(&mut self, sid: &str, error: Option<&(u32, String)>, by_party: bool) {
        let Some(leg) = self.legs.get_mut(sid) else { return };
        let answered = leg.answered_at.is_some();
        let status = leg.status;
        match &mut leg.party {
            Party::Client(client) => {
                let rings = std::mem::take(&mut client.rings);
                let socket = client.socket;
                // Until `ringing` or `answer` the SDK knows the call by its own id only.
                let known = client.temporary_id.clone().filter(|_| !client.told_sid);
                for ring in rings {
                    if ring.invited {
                        self.send(ring.socket, ServerMessage::cancel(sid));
                    }
                    self.close_media(ring.media);
                }
                if let Some(socket) = socket.filter(|_| !by_party) {
                    let error = error.map(|(code, message)| (*code, message.as_str()));
                    let callsid = known.as_deref().unwrap_or(sid);
                    self.send(socket, ServerMessage::hangup(callsid, error));
                }
            }
            Party::Phone(_) => {
                let reason = match status {
                    _ if by_party && answered => EndReason::LocalHangUp,
                    CallStatus::Canceled if by_party => EndReason::LocalHangUp,
                    CallStatus::Busy => EndReason::Busy,
                    CallStatus::NoAnswer => EndReason::NoAnswer,
                    CallStatus::Failed => EndReason::Failed,
                    CallStatus::Canceled => EndReason::Canceled,
                    _ => EndReason::RemoteHangUp,
                };
                let status = PhoneCallStatus::Ended(reason);
                self.effect(Effect::PhoneStatus { sid: sid.to_owned(), status });
            }
            // It ends with this one.
            Party::Line(_) => {}
        }
    }

    /// `StatusCallback` of a number or TwiML App: one report at the end of a call that it handled.
    fn number_callback(&mut self, sid: &str) {
        let now = self.now;
        let Some(leg) = self.legs.get(sid).filter(|leg| leg.direction == Direction::Inbound) else { return };
        let handling = match &leg.application_sid {
            Some(application) => Some(self.account.application_handling(application)),
            None => self.account.number_handling(&leg.to),
        };
        let Some(voice) = handling.map(|handling| handling.voice) else { return };
        let Some(url) = present(voice.status_callback.as_ref()) else { return };
        let params = status_callback(&self.account, leg, leg.status, 0, None, now);
        self.report(sid, "", url, voice.status_callback_method, params);
    }
}
