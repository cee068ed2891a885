//! What can be undone. The browser's own memory of a field is lost with the first text that a script puts in, and every number is
//! grouped by one.

use shared::Country;

/// Steps that can be taken back.
const DEEP: usize = 100;

/// What stood in the field, and where the caret was.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Moment {
    pub(super) text: String,
    pub(super) home: Option<Country>,
    /// Behind so many signs.
    pub(super) caret: usize,
}

/// What was done. Keys typed one after the other are one step, as in every editor, and so are deletions.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Step {
    Typed,
    Deleted,
    Other,
}

#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct History {
    past: Vec<Moment>,
    future: Vec<Moment>,
    last: Option<Step>,
}

impl History {
    /// Something else stands in the field now than `before`.
    pub(super) fn note(&mut self, before: Moment, step: Step) {
        let goes_on = self.last == Some(step) && step != Step::Other && self.future.is_empty();
        if !goes_on || self.past.is_empty() {
            if self.past.len() == DEEP {
                self.past.remove(0);
            }
            self.past.push(before);
        }
        self.future.clear();
        self.last = Some(step);
    }

    /// One step back from `now`.
    pub(super) fn back(&mut self, now: Moment) -> Option<Moment> {
        self.last = None;
        let before = self.past.pop()?;
        self.future.push(now);
        Some(before)
    }

    /// The step that was taken back last, again.
    pub(super) fn forth(&mut self, now: Moment) -> Option<Moment> {
        self.last = None;
        let after = self.future.pop()?;
        self.past.push(now);
        Some(after)
    }
}
