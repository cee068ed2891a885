//! The legs that a `<Dial>` makes.

use super::effect::{MediaOp, Timer};
use super::state::Exchange;
use crate::core::account::{AccountKind, Country};
use crate::core::call::{
    CallStatus, ClientParty, Direction, Leg, LineParty, Party, PhoneParty, Prelude, Ring, WebRtc,
};
use crate::core::fault::Fault;
use crate::core::media::Sound;
use crate::core::phones::{Attestation, Behaviour};
use crate::core::timeline::Event;
use crate::core::twiml::{self, Callback, Noun, Whisper, Whom};
use crate::core::webhook::{resolve, status_callback};

impl Exchange {
    /// The books of a new leg; nobody rings yet. A noun that cannot be dialled makes a leg that has failed.
    pub(super) fn new_child(&mut self, sid: &str, verb: &twiml::Dial, noun: &Noun) -> Option<String> {
        let caller_id = self.caller_id(sid, verb, noun);
        let (whom, fault) = match self.whom(&noun.whom) {
            Ok(whom) => (whom, caller_id.as_ref().err().cloned()),
            Err(fault) => (noun.whom.clone(), Some(fault)),
        };
        let parent = self.legs.get(sid)?;
        let base = parent.script.as_ref()?.url.clone();
        let hops = parent.line().map_or(0, |line| line.hops) + 1;
        let callback = noun.callback.clone().and_then(|wanted| {
            let url = self.absolute(sid, &base, &wanted.url)?;
            Some(Callback { url, ..wanted })
        });
        let whisper = noun.whisper.clone().and_then(|wanted| {
            let url = self.absolute(sid, &base, &wanted.url)?;
            Some(Whisper { url, ..wanted })
        });
        let prelude = Prelude { digits: noun.digits.clone(), whisper };
        let address = match &whom {
            Whom::Number(number) => number.clone(),
            Whom::Client { .. } => noun.address(),
        };
        let party = match whom {
            Whom::Number(number) if self.account.number(&number).is_some() => {
                Party::Line(LineParty { other: String::new(), hops })
            }
            Whom::Number(number) => Party::Phone(PhoneParty {
                behaviour: self.behaviour(&number),
                number,
                attestation: Attestation::None,
                mouth: Sound::Silence,
                keys: String::new(),
                pressing: false,
            }),
            Whom::Client { identity, parameters } => Party::Client(ClientParty {
                identity: Some(identity),
                parameters,
                web_rtc: WebRtc::None,
                grace: self.timing.lost_leg_grace,
                ..ClientParty::default()
            }),
        };
        let child = self.ids.sid("CA");
        let from = caller_id.unwrap_or_default();
        self.add_leg(Leg {
            parent: Some(sid.to_owned()),
            prelude: Some(prelude).filter(|prelude| prelude.digits.is_some() || prelude.whisper.is_some()),
            reason: verb.call_reason.clone(),
            callback,
            fault: fault.clone(),
            ..Leg::new(child.clone(), Direction::OutboundDial, party, from, address)
        });
        if let Some(fault) = fault {
            self.fault(Some(&child), fault.code, fault.message);
        }
        self.progress(&child, CallStatus::Initiated);
        Some(child)
    }

    /// A URL of a noun; one that is none is a fault and is left out.
    pub(super) fn absolute(&mut self, sid: &str, base: &str, url: &str) -> Option<String> {
        match resolve(base, url) {
            Ok(url) => Some(url),
            Err(reason) => {
                self.fault(Some(sid), 11200, format!("HTTP retrieval failure: {reason}"));
                None
            }
        }
    }

    /// What a phone does when it is called now. A number that nobody knows is not in service.
    fn behaviour(&self, number: &str) -> Behaviour {
        self.phones.get(number).cloned().unwrap_or(Behaviour::NotInService)
    }

    /// Who is meant, with a number in E.164 form; or why nobody can be dialled.
    fn whom(&self, whom: &Whom) -> Result<Whom, Fault> {
        match whom {
            Whom::Number(text) => {
                let Some(number) = self.account.e164(text) else {
                    let message = format!(
                        "Dial: invalid number {text:?}; it must be E.164, such as +815031234567, or a national \
                         number of the account's country, {}",
                        self.account.country
                    );
                    return Err(Fault { code: 13223, message });
                };
                match self.account.number(&number) {
                    Some(own) if !own.voice_capable => {
                        let message = format!("Dial: {number} is a number of this account without voice");
                        Err(Fault { code: 13224, message })
                    }
                    Some(_) => Ok(Whom::Number(number)),
                    None => self.number_fault(&number).map_or(Ok(Whom::Number(number)), Err),
                }
            }
            Whom::Client { identity, .. } if identity.is_empty() => {
                let message = "Dial: <Client> names nobody; it needs a client name".to_owned();
                Err(Fault { code: 12200, message })
            }
            Whom::Client { .. } => Ok(whom.clone()),
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

    /// Starts to ring whom the leg leads to, or ends it when it cannot be dialled.
    pub(super) fn ring(&mut self, child: &str) {
        let Some(leg) = self.legs.get(child) else { return };
        if leg.fault.is_some() {
            return self.end_leg(child, CallStatus::Failed, None, false);
        }
        match &leg.party {
            Party::Phone(_) => self.ring_phone(child),
            Party::Client(client) => self.ring_client(child, &client.identity.clone().unwrap_or_default()),
            Party::Line(line) => self.ring_line(child, line.hops),
        }
    }

    fn ring_phone(&mut self, child: &str) {
        let key = self.new_media(child);
        if let Some(leg) = self.legs.get_mut(child) {
            leg.media = Some(key);
        }
        self.media_op(key, MediaOp::CreatePhone);
        self.connected.insert(key);
        self.after(self.timing.phone_alerts_after, Timer::PhoneReacts { sid: child.to_owned() });
    }

    /// Starts to ring every registered browser of an identity.
    fn ring_client(&mut self, child: &str, identity: &str) {
        let sockets = self.registry.sockets(identity).to_vec();
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
        let Some(parent) = parent else { return };
        let late = self.dial_of(&parent).is_some_and(|dial| dial.bridged.is_some());
        if late || !self.begin_prelude(child) {
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
