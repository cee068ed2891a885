//! `<Gather>`: prompts, and keys from their beginning on; then keys alone, until there are enough, one ends it, or nobody presses
//! one any more.

use super::effect::Timer;
use super::state::Exchange;
use crate::core::call::{Gathering, Running};
use crate::core::media::Hears;
use crate::core::twiml::Gather;

impl Exchange {
    pub(super) fn gather(&mut self, sid: &str, mut verb: Gather) {
        let Some(action) = self.action_of(sid, "Gather", verb.action.as_deref()) else { return };
        verb.action = Some(action);
        self.touch(sid);
        self.answer_leg(sid);
        let Some(script) = self.legs.get_mut(sid).and_then(|leg| leg.script.as_mut()) else { return };
        let prompts = std::mem::take(&mut verb.prompts);
        script.gather = Some(Gathering { verb, prompts: prompts.into(), digits: String::new() });
        self.go_on(sid);
    }

    /// The next prompt, or nothing but keys.
    pub(super) fn gather_step(&mut self, sid: &str) {
        let Some(script) = self.legs.get_mut(sid).and_then(|leg| leg.script.as_mut()) else { return };
        let Some(gathering) = &mut script.gather else { return };
        match gathering.prompts.pop_front() {
            Some(prompt) => self.run_verb(sid, prompt),
            None => self.wait_for_key(sid),
        }
    }

    fn wait_for_key(&mut self, sid: &str) {
        let Some(script) = self.legs.get_mut(sid).and_then(|leg| leg.script.as_mut()) else { return };
        let Some(timeout) = script.gather.as_ref().map(|gathering| gathering.verb.timeout) else { return };
        let step = script.set(Running::Gathering);
        self.after(timeout, Timer::GatherEnds { sid: sid.to_owned(), step });
    }

    /// Whether a key is for a `<Gather>`: nobody else hears it then.
    pub(super) fn heard_by_gather(&mut self, sid: &str, key: char) -> bool {
        let Some(script) = self.legs.get_mut(sid).and_then(|leg| leg.script.as_mut()) else { return false };
        let Some(gathering) = &mut script.gather else { return false };
        // The first key ends the prompts.
        gathering.prompts.clear();
        let finishes = gathering.verb.finish_on_key == Some(key);
        if !finishes {
            gathering.digits.push(key);
        }
        let enough = gathering.verb.num_digits.is_some_and(|most| gathering.digits.chars().count() >= most);
        if !matches!(script.running, Running::Gathering) {
            self.hear(sid, Hears::nothing());
        }
        match (finishes, enough) {
            (true, _) => self.gathered(sid, Some(key)),
            (false, true) => self.gathered(sid, None),
            (false, false) => self.wait_for_key(sid),
        }
        true
    }

    pub(super) fn gather_ends(&mut self, sid: &str, step: u64) {
        let script = self.legs.get(sid).filter(|leg| leg.is_live()).and_then(|leg| leg.script.as_ref());
        if script.is_some_and(|script| script.step == step && script.gather.is_some()) {
            self.gathered(sid, None);
        }
    }

    /// The application gets the keys; without any, the document goes on.
    fn gathered(&mut self, sid: &str, key: Option<char>) {
        let Some(script) = self.legs.get_mut(sid).and_then(|leg| leg.script.as_mut()) else { return };
        let Some(Gathering { verb, digits, .. }) = script.gather.take() else { return };
        if digits.is_empty() && !verb.action_on_empty_result {
            return self.go_on(sid);
        }
        let extra = vec![
            ("Digits".to_owned(), digits),
            ("FinishedOnKey".to_owned(), key.map(String::from).unwrap_or_default()),
        ];
        self.fetch(sid, &verb.action.unwrap_or_default(), verb.method, extra);
    }
}
