//! Documents are fetched and run.

use std::collections::VecDeque;

use super::effect::Effect;
use super::state::{Asked, Exchange, Purpose};
use crate::core::call::{CallStatus, Running, Then, WebRtc};
use crate::core::fault::Fault;
use crate::core::media::Sound;
use crate::core::method::Method;
use crate::core::timeline::Event;
use crate::core::twiml::{Document, Say, Verb, Warning};
use crate::core::webhook::{
    Answer, AudioFault, Overrides, Params, Reply, Request, answer, follow, inbound, resolve, retrieval,
};

/// A call that asks for more documents than this goes round in circles.
const MOST_DOCUMENTS: u32 = 200;
/// More of an answer is not kept, in bytes: the longest document that is run.
const LONGEST_NOTE: usize = 64 * 1024;
const APOLOGY: &str = "We are sorry, an application error has occurred. Goodbye.";

impl Exchange {
    /// Asks the application for a document; `extra` parameters come after the usual ones.
    pub(super) fn fetch(&mut self, sid: &str, url: &str, method: Method, extra: Params) {
        let Some(leg) = self.legs.get_mut(sid) else { return };
        let Some(script) = &mut leg.script else { return };
        script.fetched += 1;
        let count = script.fetched;
        let resolved = if url.is_empty() { Ok(script.url.clone()) } else { resolve(&script.url, url) };
        let step = script.set(Running::Fetching);
        let url = match resolved {
            Ok(url) if count <= MOST_DOCUMENTS => url,
            Ok(_) => {
                self.fault(
                    Some(sid),
                    11200,
                    format!("the call asked for more than {MOST_DOCUMENTS} documents"),
                );
                return self.apologise(sid);
            }
            Err(reason) => {
                let message = format!("HTTP retrieval failure: {reason}");
                return self.fall_back(sid, url, Fault { code: 11200, message });
            }
        };
        let Some(leg) = self.legs.get(sid) else { return };
        // No document ran before: the fallback URL is told the same as the one that failed.
        let first = leg.script.as_ref().is_some_and(|script| script.url.is_empty());
        let mut params = inbound(&self.account, leg, first);
        params.extend(extra);
        let purpose = Purpose::Document { sid: sid.to_owned(), step, url: url.clone() };
        self.ask(url, method, params, purpose);
    }

    /// Sends a request whose answer nobody reads.
    pub(super) fn report(&mut self, sid: &str, base: &str, url: &str, method: Method, params: Params) {
        match resolve(base, url) {
            Ok(url) => self.ask(url, method, params, Purpose::Report { sid: sid.to_owned() }),
            Err(reason) => self.fault(Some(sid), 11200, format!("HTTP retrieval failure: {reason}")),
        }
    }

    fn ask(&mut self, url: String, method: Method, params: Params, purpose: Purpose) {
        self.send_request(Asked { purpose, url, method, params, redirects: 0 });
    }

    fn send_request(&mut self, asked: Asked) {
        let overrides = match Overrides::of(&asked.url, self.timing.webhook_timeout) {
            Ok(overrides) => overrides,
            Err(fault) => return self.answered(asked.purpose, &Reply::failed(fault)),
        };
        let id = self.ids.number();
        let sid = asked.purpose.sid();
        let call = self.root_of(sid).to_owned();
        let (url, method, params) = (asked.url.clone(), asked.method, asked.params.clone());
        let is_report = matches!(asked.purpose, Purpose::Report { .. });
        self.requests.insert(id, asked);
        let request = Request { id, url, method, params, call, overrides, is_report };
        self.effect(Effect::Webhook(request));
    }

    /// The leg that a request belongs to, for the timeline.
    #[must_use]
    pub fn request_call(&self, id: u64) -> Option<&str> {
        Some(self.requests.get(&id)?.purpose.sid())
    }

    pub(super) fn reply(&mut self, id: u64, reply: &Reply) {
        let Some(asked) = self.requests.remove(&id) else { return };
        let sid = asked.purpose.sid().to_owned();
        self.note(
            Some(&sid),
            Event::WebhookReply {
                id,
                status: reply.status,
                body: excerpt(&reply.body),
                error: reply.error.as_ref().map(|fault| fault.message.clone()),
                millis: reply.millis,
            },
        );
        match reply.status {
            Some(status @ 300..400) => self.redirected(asked, status, reply),
            _ => self.answered(asked.purpose, reply),
        }
    }

    /// The application says that the answer is elsewhere. Each step is signed for its own URL.
    fn redirected(&mut self, asked: Asked, status: u16, reply: &Reply) {
        match follow(&asked.url, status, reply.location.as_deref(), asked.redirects) {
            Ok((url, same)) => {
                let (method, params) = if same && asked.method == Method::Post {
                    (asked.method, asked.params)
                } else {
                    (Method::Get, Vec::new())
                };
                let purpose = match asked.purpose {
                    Purpose::Document { sid, step, .. } => Purpose::Document { sid, step, url: url.clone() },
                    other => other,
                };
                self.send_request(Asked { purpose, url, method, params, redirects: asked.redirects + 1 });
            }
            Err(fault) => self.answered(asked.purpose, &Reply::failed(fault)),
        }
    }

    fn answered(&mut self, purpose: Purpose, reply: &Reply) {
        match purpose {
            Purpose::Document { sid, step, url } => self.document(&sid, step, url, reply),
            // Files come by another way.
            Purpose::Audio { .. } => {}
            Purpose::Report { sid } => {
                if !reply.status.is_some_and(|status| (200..300).contains(&status)) {
                    let fault = retrieval(reply);
                    self.fault(Some(&sid), fault.code, fault.message);
                }
            }
        }
    }

    fn document(&mut self, sid: &str, step: u64, url: String, reply: &Reply) {
        let Some(leg) = self.legs.get_mut(sid).filter(|leg| leg.is_live()) else { return };
        // After something that is no document a caller's call is over, and a callee is connected.
        let Some(script) = leg.script.as_mut().filter(|script| script.step == step) else { return };
        let after = match script.then {
            Then::Connect => VecDeque::new(),
            Then::HangUp => VecDeque::from([Verb::Hangup]),
        };
        let answer = match answer(reply) {
            Ok(answer) => answer,
            Err(AudioFault::Twilio(fault)) => return self.fall_back(sid, &url, fault),
            Err(AudioFault::Lacking(message)) => {
                self.lacking(Some(sid), message);
                return self.apologise(sid);
            }
        };
        script.url = url;
        script.set(Running::Ready);
        match answer {
            Answer::Document(document) => self.run(sid, document),
            Answer::Text(text) => {
                script.verbs = after;
                script.verbs.push_front(Verb::Say(Say { text, times: 1 }));
                self.ready.push_back(sid.to_owned());
            }
            Answer::Sound(samples) => {
                script.verbs = after;
                self.note(Some(sid), Event::Verb { verb: "Play".into(), detail: "the answer itself".into() });
                self.sound(sid, Sound::Clip { samples, repeat: false }, 0, false);
            }
        }
    }

    pub(super) fn run(&mut self, sid: &str, document: Document) {
        let nothing = document.verbs.is_empty() && document.skipped > 0;
        if let Some(script) = self.legs.get_mut(sid).and_then(|leg| leg.script.as_mut()) {
            script.verbs = document.verbs.into();
        }
        let mut lacking = false;
        for warning in document.warnings {
            lacking |= warning.code.is_none();
            self.warn(sid, warning);
        }
        if nothing {
            return self.nothing_to_run(sid, lacking);
        }
        self.ready.push_back(sid.to_owned());
    }

    fn warn(&mut self, sid: &str, warning: Warning) {
        match warning.code {
            Some(code) => self.fault(Some(sid), code, warning.message),
            None => self.lacking(Some(sid), warning.message),
        }
    }

    /// Every verb of a document was left out. Its author meant something by it, so the call must not look as if it had
    /// happened.
    fn nothing_to_run(&mut self, sid: &str, lacking: bool) {
        const MESSAGE: &str = "no verb of the document can be run; the call ends with an application error";
        if lacking {
            self.lacking(Some(sid), MESSAGE);
        } else {
            self.fault(Some(sid), 12200, MESSAGE);
        }
        self.apologise(sid);
    }

    /// A document cannot be had or read. The fallback URL is asked, once in a call; without one the application has
    /// failed.
    fn fall_back(&mut self, sid: &str, url: &str, fault: Fault) {
        let script = self.legs.get_mut(sid).and_then(|leg| leg.script.as_mut());
        let fallback = script.and_then(|script| script.fallback.take());
        self.fault(Some(sid), fault.code, fault.message);
        match fallback {
            Some((fallback, method)) => {
                let extra = vec![
                    ("ErrorCode".to_owned(), fault.code.to_string()),
                    ("ErrorUrl".to_owned(), url.to_owned()),
                ];
                self.fetch(sid, &fallback, method, extra);
            }
            None => self.apologise(sid),
        }
    }

    /// The application failed. A browser that was not answered yet sees an error; everybody else hears an apology.
    pub(super) fn apologise(&mut self, sid: &str) {
        let Some(leg) = self.legs.get_mut(sid) else { return };
        if leg.is_client() && !leg.is_answered() {
            let error = (31005, "Error sent from gateway in HANGUP: the application failed".to_owned());
            return self.end_leg(sid, CallStatus::Failed, Some(error), false);
        }
        if let Some(script) = &mut leg.script {
            script.verbs.clear();
        }
        let event = Event::Verb { verb: "Say".into(), detail: APOLOGY.into() };
        self.note(Some(sid), event);
        self.sound(sid, Sound::Speech { text: APOLOGY.into() }, 0, true);
    }

    /// Runs the next verb.
    pub(super) fn step(&mut self, sid: &str) {
        let Some(leg) = self.legs.get_mut(sid).filter(|leg| leg.is_live()) else { return };
        let Some(script) = &mut leg.script else { return };
        if !matches!(script.running, Running::Ready) {
            return;
        }
        if let Some(record) = script.record.take() {
            return self.begin_recording(sid, record);
        }
        if script.gather.is_some() {
            return self.gather_step(sid);
        }
        let Some(verb) = script.verbs.pop_front() else { return self.end_of_document(sid) };
        self.run_verb(sid, verb);
    }

    pub(super) fn run_verb(&mut self, sid: &str, verb: Verb) {
        let event = Event::Verb { verb: verb.name().into(), detail: verb.detail() };
        self.note(Some(sid), event);
        self.verb(sid, verb);
    }

    /// Nothing is left to do: a callee is connected now, a caller's call ends.
    fn end_of_document(&mut self, sid: &str) {
        let script = self.legs.get(sid).and_then(|leg| leg.script.as_ref());
        match script.map(|script| script.then) {
            Some(Then::Connect) => self.whisper_over(sid),
            Some(Then::HangUp) | None => self.hang_up(sid),
        }
    }

    /// Ends the call. Only `<Reject>` does it without an answer; but one that waited for its callee to answer
    /// (`answerOnBridge`) ends as its last dialled call did.
    pub(super) fn hang_up(&mut self, sid: &str) {
        let Some(leg) = self.legs.get(sid) else { return };
        let dialled = leg.script.as_ref().and_then(|script| script.last_dial);
        if let Some(status) = dialled.filter(|_| !leg.is_answered()) {
            return self.end_leg(sid, status, None, false);
        }
        self.answer_leg(sid);
        let Some(leg) = self.legs.get_mut(sid).filter(|leg| leg.is_live()) else { return };
        let answering = leg
            .client()
            .is_some_and(|client| matches!(client.web_rtc, WebRtc::Accepting { answer: true, .. }));
        match &mut leg.script {
            // The browser hears of the answer before it hears of the end.
            Some(script) if answering => {
                script.set(Running::HangingUp);
            }
            _ => self.end_leg(sid, CallStatus::Completed, None, false),
        }
    }

    /// Lets the document go on with its next verb.
    pub(super) fn go_on(&mut self, sid: &str) {
        if let Some(script) = self.legs.get_mut(sid).and_then(|leg| leg.script.as_mut()) {
            script.set(Running::Ready);
            self.ready.push_back(sid.to_owned());
        }
    }
}

fn excerpt(body: &str) -> String {
    if body.len() <= LONGEST_NOTE {
        return body.to_owned();
    }
    let end = body.floor_char_boundary(LONGEST_NOTE);
    format!("{}… ({} bytes in all)", body.get(..end).unwrap_or_default(), body.len())
}
