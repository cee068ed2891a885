//! `<Dial>` begins, and is over.

use super::effect::Timer;
use super::state::Exchange;
use crate::core::account::is_e164;
use crate::core::call::{self, CallStatus, Running, Then};
use crate::core::fault::Fault;
use crate::core::media::{Hears, Sound};
use crate::core::timeline::Event;
use crate::core::twiml::{self, Noun, Whom};
use crate::core::webhook::{dial_action, inbound};

impl Exchange {
    pub(super) fn dial(&mut self, sid: &str, verb: twiml::Dial) {
        let Some(leg) = self.legs.get_mut(sid) else { return };
        if leg.script.as_ref().is_some_and(|script| script.then == Then::Connect) {
            self.fault(Some(sid), 13201, "<Dial>: a callee's document cannot dial");
            return self.apologise(sid);
        }
        let answered = leg.is_answered();
        let Some(script) = &mut leg.script else { return };
        let on_bridge = answered || (verb.answer_on_bridge && !script.touched);
        script.touched = true;
        let dial = call::Dial {
            on_bridge,
            waiting: verb.nouns.iter().cloned().collect(),
            round: 0,
            children: Vec::new(),
            bridged: None,
            alerted: false,
            verb,
        };
        let nobody = dial.waiting.is_empty();
        let step = script.set(Running::Dialing(dial));
        if !on_bridge {
            self.early_media(sid);
            if let Some(after) = self.timing.answer_after_dial {
                self.after(after, Timer::AnswerCaller { sid: sid.to_owned(), step });
            }
        }
        if !on_bridge || answered {
            self.hear(sid, Hears::Sound(Sound::Ringback));
        }
        if nobody {
            self.fault(Some(sid), 13223, "<Dial> calls nobody: it needs a number or a noun inside");
            return self.dial_over(sid, CallStatus::Failed, None);
        }
        self.dial_round(sid);
    }

    /// Dials who comes next: everybody, or one of those who are dialled one after the other.
    fn dial_round(&mut self, sid: &str) {
        let Some(step) = self.legs.get(sid).and_then(|leg| leg.script.as_ref()).map(|script| script.step)
        else {
            return;
        };
        let extra = self.timing.dial_timeout_extra;
        let Some(dial) = self.dial_of(sid) else { return };
        let many = if dial.verb.sequential { 1 } else { dial.waiting.len() };
        let nouns: Vec<Noun> = dial.waiting.drain(..many.min(dial.waiting.len())).collect();
        dial.round += 1;
        let (round, verb) = (dial.round, dial.verb.clone());
        self.after(verb.rings_for(extra), Timer::DialTimeout { sid: sid.to_owned(), step, round });
        let mut children = Vec::new();
        for noun in &nouns {
            if let Some(child) = self.new_child(sid, &verb, noun) {
                children.push(child);
            }
        }
        if let Some(dial) = self.dial_of(sid) {
            dial.children.extend(children.iter().cloned());
        }
        for child in &children {
            self.ring(child);
        }
        // Every child may have failed while it was made.
        self.dial_maybe_over(sid);
    }

    pub(super) fn dial_of(&mut self, sid: &str) -> Option<&mut call::Dial> {
        self.legs.get_mut(sid)?.script.as_mut()?.dial_mut()
    }

    fn is_at(&self, sid: &str, step: u64) -> bool {
        self.legs
            .get(sid)
            .filter(|leg| leg.is_live())
            .and_then(|leg| leg.script.as_ref())
            .is_some_and(|script| script.step == step && script.dial().is_some())
    }

    /// What the callee sees, or why the call cannot be made.
    pub(super) fn caller_id(&self, sid: &str, verb: &twiml::Dial, noun: &Noun) -> Result<String, Fault> {
        let Some(leg) = self.legs.get(sid) else { return Ok(String::new()) };
        let refuse =
            |message: String| Fault { code: 13214, message: format!("Dial: invalid callerId: {message}") };
        let given = verb.caller_id.as_deref();
        match &noun.whom {
            Whom::Number(_) => match given {
                Some(id) if self.account.may_show(id) => Ok(id.to_owned()),
                Some(id) if !leg.is_client() && (id == leg.from || id == leg.to) => Ok(id.to_owned()),
                Some(id) => Err(refuse(format!(
                    "{id:?} is neither a number nor a verified caller id of this account"
                ))),
                None if leg.is_client() => Err(refuse(
                    "a client that dials a number needs callerId with a number of this account".into(),
                )),
                None => Ok(leg.from.clone()),
            },
            Whom::Client { .. } => match given {
                Some(id) if is_e164(id) || id.starts_with("client:") => Ok(id.to_owned()),
                Some(id) => Err(refuse(format!("{id:?} is neither E.164 nor client:name"))),
                None => Ok(leg.from.clone()),
            },
        }
    }

    /// The caller has waited long enough: who still rings is not reached.
    pub(super) fn dial_timeout(&mut self, sid: &str, step: u64, round: u32) {
        if !self.is_at(sid, step) {
            return;
        }
        let Some(dial) = self.dial_of(sid).filter(|dial| dial.bridged.is_none() && dial.round == round)
        else {
            return;
        };
        for child in dial.children.clone() {
            // Who has answered listens to a whisper.
            if self.legs.get(&child).is_some_and(|leg| !leg.is_answered()) {
                self.end_leg(&child, CallStatus::NoAnswer, None, false);
            }
        }
    }

    /// A `<Dial>` without `answerOnBridge` answers its caller although nobody has answered yet.
    pub(super) fn answer_caller(&mut self, sid: &str, step: u64) {
        if self.is_at(sid, step) {
            self.answer_leg(sid);
        }
    }

    pub(super) fn time_limit(&mut self, sid: &str, step: u64) {
        if !self.is_at(sid, step) {
            return;
        }
        let bridged = self.dial_of(sid).and_then(|dial| dial.bridged.clone());
        if let Some(child) = bridged {
            self.note(Some(sid), Event::Verb { verb: "Dial".into(), detail: "timeLimit is reached".into() });
            self.end_leg(&child, CallStatus::Completed, None, false);
        }
    }

    /// The callee has answered: both hear each other, and nobody else rings any more.
    pub(super) fn bridge(&mut self, sid: &str, child: &str) {
        let Some(dial) = self.dial_of(sid) else { return };
        if dial.bridged.is_some() {
            return self.drop_callee(child);
        }
        dial.bridged = Some(child.to_owned());
        dial.waiting.clear();
        let losers: Vec<String> = dial.children.iter().filter(|other| *other != child).cloned().collect();
        let limit = dial.verb.time_limit;
        for loser in losers {
            self.drop_callee(&loser);
        }
        self.answer_leg(sid);
        let step = self.legs.get(sid).and_then(|leg| leg.script.as_ref()).map_or(0, |script| script.step);
        self.after(limit, Timer::TimeLimit { sid: sid.to_owned(), step });
        self.note(Some(sid), Event::Bridged { with: child.to_owned() });
        self.join(sid, child);
    }

    /// Lets two legs hear each other.
    pub(super) fn join(&mut self, sid: &str, child: &str) {
        let of = |sid: &str| self.legs.get(sid).and_then(|leg| leg.media);
        let (Some(parent_key), Some(child_key)) = (of(sid), of(child)) else { return };
        let echoes = |sid: &str| {
            self.legs
                .get(sid)
                .and_then(|leg| leg.phone())
                .is_some_and(|phone| matches!(phone.behaviour, crate::core::phones::Behaviour::Echo))
        };
        // An echoing phone gives back what it hears, so the other one hears itself.
        let speaks = if echoes(child) { parent_key } else { child_key };
        self.hear(sid, Hears::party(speaks));
        self.hear(child, Hears::party(parent_key));
    }

    /// The caller needs this callee no more.
    fn drop_callee(&mut self, child: &str) {
        let Some(leg) = self.legs.get(child) else { return };
        let status = if leg.is_answered() { CallStatus::Completed } else { CallStatus::Canceled };
        self.end_leg(child, status, None, false);
    }

    /// A dialled leg has ended; perhaps the whole `<Dial>` with it.
    pub(super) fn child_ended(&mut self, sid: &str, child: &str) {
        let Some(dial) = self.dial_of(sid).filter(|dial| dial.children.iter().any(|other| other == child))
        else {
            return;
        };
        if dial.bridged.as_deref() == Some(child) {
            return self.dial_over(sid, CallStatus::Completed, Some(child));
        }
        self.dial_maybe_over(sid);
    }

    /// A callee that has answered leaves the `<Dial>` for a document of its own.
    pub(super) fn leave_dial(&mut self, sid: &str, child: &str) {
        let Some(dial) = self.dial_of(sid).filter(|dial| dial.children.iter().any(|other| other == child))
        else {
            return;
        };
        let bridged = dial.bridged.as_deref() == Some(child);
        dial.children.retain(|other| other != child);
        if bridged || dial.children.is_empty() && dial.waiting.is_empty() {
            return self.dial_over(sid, CallStatus::Completed, Some(child));
        }
        self.dial_maybe_over(sid);
    }

    fn dial_maybe_over(&mut self, sid: &str) {
        let Some(dial) = self.dial_of(sid).filter(|dial| dial.bridged.is_none()) else { return };
        let children = dial.children.clone();
        let ends: Vec<CallStatus> =
            children.iter().filter_map(|child| self.legs.get(child)).map(|leg| leg.status).collect();
        if ends.iter().all(|status| status.is_final()) {
            if self.dial_of(sid).is_some_and(|dial| !dial.waiting.is_empty()) {
                return self.dial_round(sid);
            }
            let last = children.last().map(String::as_str);
            self.dial_over(sid, call::outcome(&ends), last);
        }
    }

    /// The application hears how the `<Dial>` ended, or the document goes on.
    fn dial_over(&mut self, sid: &str, status: CallStatus, child: Option<&str>) {
        if self.legs.get(sid).is_none_or(|leg| !leg.is_live()) {
            return;
        }
        self.hear(sid, Hears::nothing());
        // Without `answerOnBridge` the caller is answered whatever comes of the call.
        if self.dial_of(sid).is_some_and(|dial| !dial.on_bridge) {
            self.answer_leg(sid);
        }
        let bridged = self.dial_of(sid).is_some_and(|dial| dial.bridged.is_some());
        let extra = dial_action(status, child.and_then(|child| self.legs.get(child)), bridged, self.now);
        let Some(script) = self.legs.get_mut(sid).and_then(|leg| leg.script.as_mut()) else { return };
        let Running::Dialing(dial) = std::mem::take(&mut script.running) else { return };
        script.last_dial = Some(status);
        match dial.verb.action {
            Some(action) => self.fetch(sid, &action, dial.verb.method, extra),
            None => self.go_on(sid),
        }
    }

    /// The caller is gone while its `<Dial>` ran. The action is asked all the same, and its answer not run.
    pub(super) fn abandon_dial(&mut self, sid: &str) {
        let Some(script) = self.legs.get_mut(sid).and_then(|leg| leg.script.as_mut()) else { return };
        let base = script.url.clone();
        let running = std::mem::take(&mut script.running);
        script.set(Running::Over);
        let Running::Dialing(dial) = running else { return };
        for child in &dial.children {
            self.drop_callee(child);
        }
        let Some(action) = dial.verb.action else { return };
        let status = if dial.bridged.is_some() { CallStatus::Completed } else { CallStatus::Canceled };
        let last = dial.bridged.as_ref().or(dial.children.last()).and_then(|child| self.legs.get(child));
        let extra = dial_action(status, last, dial.bridged.is_some(), self.now);
        let Some(leg) = self.legs.get(sid) else { return };
        let mut params = inbound(&self.account, leg, false);
        params.extend(extra);
        self.report(sid, &base, &action, dial.verb.method, params);
    }
}
