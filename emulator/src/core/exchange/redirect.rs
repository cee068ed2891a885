//! A leg leaves what it does for another document, whoever made it.

use super::state::Exchange;
use crate::core::call::{Running, Script};
use crate::core::media::Hears;
use crate::core::rest::Source;
use crate::core::twiml;

impl Exchange {
    pub(super) fn redirect(&mut self, sid: &str, document: Source) {
        let Some(leg) = self.legs.get(sid).filter(|leg| leg.is_answered()) else { return };
        // Its caller's document goes on after the <Dial>.
        if let Some(parent) = leg.parent.clone() {
            self.leave_dial(&parent, sid);
        }
        self.abandon_recording(sid);
        self.abandon_dial(sid);
        let Some(leg) = self.legs.get_mut(sid).filter(|leg| leg.is_answered()) else { return };
        leg.prelude = None;
        let before = leg.script.take().unwrap_or_default();
        // The steps go on being counted, so that old timers and replies know that they are old.
        let mut script =
            Script { step: before.step, fetched: before.fetched, touched: true, ..Script::new("") };
        script.set(Running::Ready);
        leg.script = Some(script);
        self.hear(sid, Hears::nothing());
        match document {
            Source::Url(url, method) => {
                // It is not the first one, which hears the parameters of a browser.
                if let Some(script) = self.legs.get_mut(sid).and_then(|leg| leg.script.as_mut()) {
                    script.url.clone_from(&url);
                }
                self.fetch(sid, &url, method, Vec::new());
            }
            Source::Twiml(text) => match twiml::parse(&text) {
                Ok(document) => self.run(sid, document),
                Err(error) => {
                    self.fault(Some(sid), error.code, error.reason);
                    self.apologise(sid);
                }
            },
        }
    }
}
