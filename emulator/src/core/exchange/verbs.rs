//! One function for each verb but `<Dial>`.

use std::sync::Arc;
use std::time::Duration;

use super::effect::{Effect, MediaOp, Timer};
use super::state::{Asked, Exchange, Purpose};
use crate::core::call::{CallStatus, Running};
use crate::core::media::{Hears, Sound};
use crate::core::method::Method;
use crate::core::twiml::{Play, Verb};
use crate::core::webhook::{AudioFault, resolve};

impl Exchange {
    pub(super) fn verb(&mut self, sid: &str, verb: Verb) {
        match verb {
            Verb::Dial(dial) => self.dial(sid, dial),
            Verb::Say(say) => self.sound(sid, Sound::Speech { text: say.text }, say.times - 1, false),
            Verb::Play(play) => self.play(sid, play),
            Verb::Pause(length) => self.pause(sid, length),
            Verb::Hangup => self.hang_up(sid),
            Verb::Reject { busy } => self.reject(sid, busy),
            Verb::Redirect { url, method } => self.fetch(sid, &url, method, Vec::new()),
            Verb::Gather(gather) => self.gather(sid, gather),
            Verb::Record(record) => self.record(sid, record),
            Verb::Echo => {
                self.touch(sid);
                self.answer_leg(sid);
                if let Some(script) = self.legs.get_mut(sid).and_then(|leg| leg.script.as_mut()) {
                    script.set(Running::Echoing);
                }
                self.hear_itself(sid);
            }
        }
    }

    /// A verb has used the line.
    pub(super) fn touch(&mut self, sid: &str) {
        if let Some(script) = self.legs.get_mut(sid).and_then(|leg| leg.script.as_mut()) {
            script.touched = true;
        }
    }

    /// Plays a finite sound `again` times more, then goes on or, after the `last` one, hangs up.
    pub(super) fn sound(&mut self, sid: &str, sound: Sound, again: u32, last: bool) {
        self.touch(sid);
        self.answer_leg(sid);
        let Some(leg) = self.legs.get_mut(sid) else { return };
        let Some(script) = &mut leg.script else { return };
        script.set(Running::Sounding { sound, started: false, again, last });
        let ready = leg.media.filter(|key| self.connected.contains(key));
        if let Some(key) = ready {
            self.start_sound(sid, key);
        }
    }

    /// The leg's audio is ready: the sound that waits for it begins.
    pub(super) fn start_sound(&mut self, sid: &str, key: u64) {
        let Some(script) = self.legs.get_mut(sid).and_then(|leg| leg.script.as_mut()) else { return };
        if let Running::Sounding { sound, started: started @ false, .. } = &mut script.running {
            *started = true;
            let sound = sound.clone();
            self.media_op(key, MediaOp::Hear(Hears::Sound(sound)));
        }
    }

    /// A sound was heard to its end.
    pub(super) fn sound_ended(&mut self, sid: &str, key: u64) {
        let Some(leg) = self.legs.get_mut(sid).filter(|leg| leg.is_live() && leg.media == Some(key)) else {
            return;
        };
        let Some(Running::Sounding { sound, .. }) = leg.script.as_ref().map(|script| &script.running) else {
            return;
        };
        if let Sound::Dtmf(digits) = sound {
            for digit in digits.clone().chars().filter(|digit| matches!(digit, '0'..='9' | '*' | '#')) {
                self.key_heard(sid, digit);
            }
        }
        let Some(script) = self.legs.get_mut(sid).and_then(|leg| leg.script.as_mut()) else { return };
        let Running::Sounding { started, again, last, .. } = &mut script.running else { return };
        if *again > 0 {
            *again -= 1;
            *started = false;
            self.start_sound(sid, key);
        } else if *last {
            self.end_leg(sid, CallStatus::Completed, None, false);
        } else {
            self.go_on(sid);
        }
    }

    fn play(&mut self, sid: &str, play: Play) {
        if let Some(digits) = play.digits {
            return self.sound(sid, Sound::Dtmf(digits), play.times - 1, false);
        }
        let base = self.legs.get(sid).and_then(|leg| leg.script.as_ref()).map(|script| script.url.clone());
        match resolve(&base.unwrap_or_default(), &play.url) {
            Ok(url) => self.load(sid, url, play.times),
            Err(reason) => {
                self.fault(Some(sid), 11200, format!("HTTP retrieval failure: {reason}"));
                self.go_on(sid);
            }
        }
    }

    /// The file is fetched while the caller waits on the open line.
    fn load(&mut self, sid: &str, url: String, times: u32) {
        self.touch(sid);
        self.answer_leg(sid);
        let Some(script) = self.legs.get_mut(sid).and_then(|leg| leg.script.as_mut()) else { return };
        let step = script.set(Running::Loading);
        let id = self.ids.number();
        let purpose = Purpose::Audio { sid: sid.to_owned(), step, times };
        let asked =
            Asked { purpose, url: url.clone(), method: Method::Get, params: Vec::new(), redirects: 0 };
        self.requests.insert(id, asked);
        self.effect(Effect::FetchAudio { id, url });
    }

    pub(super) fn audio_file(&mut self, id: u64, result: Result<Arc<[i16]>, AudioFault>) {
        let Some(Purpose::Audio { sid, step, times }) = self.requests.remove(&id).map(|asked| asked.purpose)
        else {
            return;
        };
        let waits = self.legs.get(&sid).filter(|leg| leg.is_live()).and_then(|leg| leg.script.as_ref());
        if waits.is_none_or(|script| script.step != step) {
            return;
        }
        match result {
            Ok(samples) => self.sound(&sid, Sound::Clip { samples, repeat: false }, times - 1, false),
            Err(fault) => {
                match fault {
                    AudioFault::Twilio(fault) => self.fault(Some(&sid), fault.code, fault.message),
                    AudioFault::Lacking(message) => self.lacking(Some(&sid), message),
                }
                self.go_on(&sid);
            }
        }
    }

    /// A pause does not answer the line.
    fn pause(&mut self, sid: &str, length: Duration) {
        let Some(script) = self.legs.get_mut(sid).and_then(|leg| leg.script.as_mut()) else { return };
        let step = script.set(Running::Pausing);
        self.after(length, Timer::PauseEnds { sid: sid.to_owned(), step });
    }

    pub(super) fn pause_ends(&mut self, sid: &str, step: u64) {
        let Some(script) = self.legs.get(sid).and_then(|leg| leg.script.as_ref()) else { return };
        if script.step == step && matches!(script.running, Running::Pausing) {
            self.go_on(sid);
        }
    }

    /// Only the first verb can refuse a call; later ones just end it.
    fn reject(&mut self, sid: &str, busy: bool) {
        let Some(leg) = self.legs.get(sid) else { return };
        let late = leg.is_answered() || leg.script.as_ref().is_some_and(|script| script.touched);
        if late {
            return self.hang_up(sid);
        }
        let status = if busy { CallStatus::Busy } else { CallStatus::NoAnswer };
        self.end_leg(sid, status, None, false);
    }
}
