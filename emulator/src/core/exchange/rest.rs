//! Requests to the REST API, which may look at calls and change them.

use super::effect::Effect;
use super::state::Exchange;
use crate::core::rest::{Books, Deed, Request, answer, ended};

impl Exchange {
    pub(super) fn rest(&mut self, id: u64, request: &Request) {
        let books = Books {
            account: &mut self.account,
            ids: &mut self.ids,
            calls: &self.legs,
            past: &self.past,
            recordings: &mut self.recordings,
        };
        let (answer, deeds) = answer(books, self.now, request);
        for deed in deeds {
            match deed {
                Deed::Run { sid, document } => self.redirect(&sid, document),
                Deed::ForgetCall { sid } => self.past.delete(&sid),
                Deed::EndCall { sid } => {
                    if let Some(status) = self.legs.get(&sid).map(ended) {
                        self.end_leg(&sid, status, None, false);
                    }
                }
            }
        }
        self.effect(Effect::RestAnswer { id, answer });
    }
}
