//! The legs that a `<Dial>` makes.

use super::dial::is_e164;
use super::effect::{MediaOp, Timer};
use super::state::Exchange;
use crate::account::{AccountKind, Country};
use crate::call::{CallStatus, ClientParty, Direction, Leg, Party, PhoneParty, Ring, WebRtc};
use crate::config::Behaviour;
use crate::media::Sound;
use crate::phones::Attestation;
use crate::timeline::Event;
use crate::twiml::{self, Noun};
use crate::webhook::{Fault, resolve, status_callback};

impl Exchange {
    /// The books of a new leg; nobody rings yet. A noun that cannot be dialled makes a leg that has failed.
    pub(super) fn new_child(&mut self, sid: &str, verb: &twiml::Dial, noun: &Noun) -> Option<String> {
        let caller_id = self.caller_id(sid, verb, noun);
        let fault = self.noun_fault(noun).or_else(|| caller_id.as_ref().err().cloned());
        let base = self.legs.get(sid)?.script.as_ref()?.url.clone();
        let mut callback = noun.callback().cloned();
        if let Some(wanted) = &mut callback {
            match resolve(&base, &wanted.url) {
                Ok(url) => wanted.url = url,
                Err(reason) => {
                    callback = None;
                    self.fault(Some(sid), 11200, format!("HTTP retrieval failure: {reason}"));
                }
            }
        }
        let party = match noun {
            Noun::Number { number, .. } => Party::Phone(PhoneParty {
                number: number.clone(),
                behaviour: self.behaviour(number),
                attestation: Attestation::None,
                mouth: Sound::Silence,
                keys: String::new(),
                pressing: false,
            }),
            Noun::Client { identity, parameters, .. } => Party::Client(ClientParty {
                identity: identity.clone(),
                parameters: parameters.clone(),
                web_rtc: WebRtc::None,
                grace: self.timing.lost_leg_grace,
                ..ClientParty::default()
            }),
        };
        let child = self.ids.sid("CA");
        let address = noun.address();
        self.add_leg(Leg {
            sid: child.clone(),
            parent: Some(sid.to_owned()),
            from: caller_id.unwrap_or_default(),
            to: address.clone(),
            called: address,
            direction: Direction::OutboundDial,
            status: CallStatus::Initiated,
            party,
            media: None,
            answered_at: None,
            ended_at: None,
            application_sid: None,
            custom: Vec::new(),
            script: None,
            callback,
            reports: 0,
            fault: fault.clone(),
        });
        if let Some(fault) = fault {
            self.fault(Some(&child), fault.code, fault.message);
        }
        self.progress(&child, CallStatus::Initiated);
        Some(child)
    }

    /// What a phone does when it is called now. A number that nobody knows is not in service.
    fn behaviour(&self, number: &str) -> Behaviour {
        self.phones.get(number).cloned().unwrap_or(Behaviour::NotInService)
    }

    fn noun_fault(&self, noun: &Noun) -> Option<Fault> {
        let fault = |code, message| Some(Fault { code, message });
        match noun {
            Noun::Number { number, .. } if !is_e164(number) => fault(
                13223,
                format!("Dial: invalid number {number:?}; it must be E.164, such as +815031234567"),
            ),
            Noun::Number { number, .. } if self.account.number(number).is_some() => fault(
                13224,
                format!(
                    "Dial: {number} is a number of this account; the emulator reaches it as <Client> only"
                ),
            ),
            Noun::Number { number, .. } => self.number_fault(number),
            Noun::Client { identity, .. } if identity.is_empty() => {
                fault(13221, "Dial: <Client> names nobody; it needs a client name".to_owned())
            }
            _ => None,
        }
    }

    /// Why the account may not call this number.
    fn number_fault(&self, number: &str) -> Option<Fault> {
        let Some(country) = Country::of_number(number) else {
            let message = format!("Dial: invalid country code in {number:?}");
            return Some(Fault { code: 13226, message });
        };
        if !self.account.permissions.of(country).low_risk {
            let message = format!(
                "Dial: no international authorization; enable {} in the account's voice dialing permissions",
                country.switch().name
            );
            return Some(Fault { code: 13227, message });
        }
        if self.account.kind == AccountKind::Trial && !self.account.is_verified(number) {
            let message = "Dial: a trial account calls verified caller ids only".to_owned();
            return Some(Fault { code: 21219, message });
        }
        None
    }

    /// Starts to ring an external phone, or ends the leg when it cannot be dialled.
    pub(super) fn ring_phone(&mut self, child: &str) {
        let Some(leg) = self.legs.get(child) else { return };
        if leg.fault.is_some() {
            return self.end_leg(child, CallStatus::Failed, None, false);
        }
        let key = self.new_media(child);
        if let Some(leg) = self.legs.get_mut(child) {
            leg.media = Some(key);
        }
        self.media_op(key, MediaOp::CreatePhone);
        self.connected.insert(key);
        self.after(self.timing.phone_alerts_after, Timer::PhoneReacts { sid: child.to_owned() });
    }

    /// Starts to ring every registered browser of an identity.
    pub(super) fn ring_client(&mut self, child: &str, identity: &str) {
        let sockets = self.registry.sockets(identity).to_vec();
        let failed = self.legs.get(child).is_some_and(|leg| leg.fault.is_some());
        if failed {
            return self.end_leg(child, CallStatus::Failed, None, false);
        }
        if sockets.is_empty() {
            return self.end_leg(child, CallStatus::NoAnswer, None, false);
        }
        for socket in sockets {
            let media = self.new_media(child);
            if let Some(client) = self.legs.get_mut(child).and_then(|leg| leg.client_mut()) {
                client.rings.push(Ring { socket, media, invited: false, answering: false });
            }
            self.media_op(media, MediaOp::CreateOffer);
        }
    }

    /// The callee is alerted.
    pub(super) fn alerted(&mut self, child: &str) {
        let Some(leg) = self.legs.get_mut(child).filter(|leg| leg.status == CallStatus::Initiated) else {
            return;
        };
        leg.status = CallStatus::Ringing;
        let parent = leg.parent.clone();
        self.changed(child);
        self.progress(child, CallStatus::Ringing);
        let Some(parent) = parent else { return };
        let Some(dial) = self.dial_of(&parent) else { return };
        let first = !std::mem::replace(&mut dial.alerted, true);
        if first && dial.on_bridge {
            self.alert_caller(&parent);
        }
    }

    /// The callee has answered.
    pub(super) fn child_answered(&mut self, child: &str) {
        let now = self.now;
        let Some(leg) = self.legs.get_mut(child).filter(|leg| leg.is_live() && !leg.is_answered()) else {
            return;
        };
        leg.status = CallStatus::InProgress;
        leg.answered_at = Some(now);
        let parent = leg.parent.clone();
        self.changed(child);
        self.progress(child, CallStatus::InProgress);
        if let Some(parent) = parent {
            self.bridge(&parent, child);
        }
    }

    pub(super) fn changed(&mut self, sid: &str) {
        let Some(leg) = self.legs.get(sid) else { return };
        let status = leg.status.as_str().to_owned();
        self.note(Some(sid), Event::CallStatus { status });
        self.publish(sid);
    }

    /// Reports a step of a dialled leg to whoever asked for it.
    pub(super) fn progress(&mut self, sid: &str, status: CallStatus) {
        let now = self.now;
        let Some(leg) = self.legs.get_mut(sid) else { return };
        let Some(callback) = leg.callback.clone() else { return };
        let wanted = match status {
            CallStatus::Initiated => callback.events.initiated,
            CallStatus::Ringing => callback.events.ringing,
            CallStatus::InProgress => callback.events.answered,
            _ => true,
        };
        if !wanted {
            return;
        }
        let sequence = leg.reports;
        leg.reports += 1;
        let Some(leg) = self.legs.get(sid) else { return };
        let params = status_callback(&self.account, leg, status, sequence, leg.fault.as_ref(), now);
        self.report(sid, "", &callback.url, callback.method, params);
    }
}
