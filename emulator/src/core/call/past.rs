//! Calls that are over.

use std::collections::VecDeque;

use super::leg::Leg;

/// Legs that are kept.
const MOST: usize = 50_000;

/// The legs of calls that are over, in the order in which the calls ended.
#[derive(Debug, Default)]
pub struct Past(VecDeque<Leg>);

impl Past {
    /// A call is over. What ran on the leg is not kept.
    pub fn add(&mut self, leg: Leg) {
        self.0.push_back(Leg { script: None, prelude: None, custom: Vec::new(), ..leg });
        if self.0.len() > MOST {
            self.0.pop_front();
        }
    }

    /// One leg.
    #[must_use]
    pub fn get(&self, sid: &str) -> Option<&Leg> {
        self.0.iter().find(|leg| leg.sid == sid)
    }

    /// All of them.
    pub fn legs(&self) -> impl Iterator<Item = &Leg> {
        self.0.iter()
    }

    /// Deletes one.
    pub fn delete(&mut self, sid: &str) {
        self.0.retain(|leg| leg.sid != sid);
    }
}
