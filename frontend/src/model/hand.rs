//! What a hand can have meant. A hand takes its time: what it comes down on was decided before. So a press, a click or a key
//! acts on what was there, in that place, before the hand began to move, and on nothing that has come since; and a key that is
//! held acts once, however often it repeats.
//!
//! This is asked before anything else hears of an event (`browser/hand.rs`): no screen needs to know of it, and none is left
//! out. A place for a pointer is a control and where it stands; a place for keys is what has the focus, and every screen that
//! opens takes the focus.

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;

/// How long something is there before it can have been meant. The second click of a double click comes up to 500 ms after the
/// first (the default of Windows), and who sees that a screen has changed cannot stop a finger sooner either.
pub const HAND_MS: u64 = 600;

/// Presses that follow each other at one spot, or of one key, mean what the first of them meant, for so long: a triple click, or a
/// hand that does not stop at once.
const ROW_MS: u64 = 2 * HAND_MS;

/// What moves by less, in CSS pixels, has not moved.
const SLACK: f64 = 1.0;

/// Presses within this distance, in CSS pixels, are at the same spot: a hand between two clicks is not quite still.
const SPOT: f64 = 10.0;

/// Presses whose click may still come: one for each finger.
const FINGERS: usize = 4;

/// Where something stands in the window, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

impl Place {
    fn holds(self, (x, y): (f64, f64)) -> bool {
        (self.left..=self.right).contains(&x) && (self.top..=self.bottom).contains(&y)
    }

    fn both(self, other: Self) -> Self {
        Self {
            left: self.left.max(other.left),
            top: self.top.max(other.top),
            right: self.right.min(other.right),
            bottom: self.bottom.min(other.bottom),
        }
    }

    fn moved_by(self, x: f64, y: f64) -> Self {
        Self { left: self.left + x, top: self.top + y, right: self.right + x, bottom: self.bottom + y }
    }

    fn is_at(self, other: Self) -> bool {
        let near = |one: f64, other: f64| (one - other).abs() <= SLACK;
        near(self.left, other.left)
            && near(self.top, other.top)
            && near(self.right, other.right)
            && near(self.bottom, other.bottom)
    }
}

/// What a key was pressed on.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum KeyTarget {
    /// A button, a link, a list to choose from.
    Control,
    /// A field of one line, where Enter sends what is written.
    Field,
    /// A field of several lines, where Enter is text.
    Lines,
    /// Anything else: the page itself.
    Page,
}

/// A control, as far as a hand can know it. `C` is an element.
struct Sight<C> {
    control: C,
    meaning: String,
    since_ms: u64,
    place: Place,
    /// When it last moved by itself, and what it covered before and after alike.
    moved_ms: Option<u64>,
    kept: Place,
}

#[derive(Clone)]
struct Press<C> {
    on: Option<C>,
    at: (f64, f64),
    at_ms: u64,
    /// When its row last came down on something else.
    other_ms: Option<u64>,
    counts: bool,
}

struct KeyPress<C> {
    key: String,
    on: C,
    target: KeyTarget,
    at_ms: u64,
    /// It may click something.
    acts: bool,
    counts: bool,
}

/// A key that acts, as it was last pressed; as [`Press`].
struct Stroke<C> {
    key: String,
    on: C,
    at_ms: u64,
    other_ms: Option<u64>,
}

/// What is known of one window. Times are milliseconds since any fixed moment.
pub struct Hand<C> {
    sights: Vec<Sight<C>>,
    presses: Vec<Press<C>>,
    last: Option<Press<C>>,
    key: Option<KeyPress<C>>,
    last_key: Option<Stroke<C>>,
    /// Where keys go; `None` for the time where the user has put it there.
    focus: Option<(C, Option<u64>)>,
    /// Whatever gets the focus now, gets it from the user.
    moves_focus: bool,
}

impl<C> Default for Hand<C> {
    fn default() -> Self {
        Self {
            sights: Vec::new(),
            presses: Vec::new(),
            last: None,
            key: None,
            last_key: None,
            focus: None,
            moves_focus: false,
        }
    }
}

/// Whether the key writes or deletes.
fn writes(key: &str) -> bool {
    matches!(key, "Backspace" | "Delete") || key.chars().nth(1).is_none()
}

/// When a row of presses last came down on something else; `before` is the press before, if it belongs to the row.
fn other_ms<T: PartialEq>(on: &T, before: Option<(&T, u64, Option<u64>)>) -> Option<u64> {
    before.and_then(|(last, at_ms, other_ms)| if last == on { other_ms } else { Some(at_ms) })
}

/// The row goes on from something else.
fn has_slipped(now_ms: u64, other_ms: Option<u64>) -> bool {
    other_ms.is_some_and(|other_ms| now_ms < other_ms + ROW_MS)
}

/// Long enough to have been meant.
fn is_old(now_ms: u64, since_ms: u64) -> bool {
    now_ms >= since_ms + HAND_MS
}

impl<C: PartialEq + Clone> Hand<C> {
    /// What is to be seen now: each control, what it means (its words and what they are about), and its place. `by_user`: the
    /// places have changed because the user has scrolled or sized the window, and knows.
    pub fn look(&mut self, now_ms: u64, by_user: bool, seen: Vec<(C, String, Place)>) {
        let mut before = std::mem::take(&mut self.sights);
        for (control, meaning, place) in seen {
            let known = before.iter().position(|sight| sight.control == control && sight.meaning == meaning);
            let sight = match known {
                Some(index) => before.remove(index).seen(now_ms, by_user, place),
                None => Sight { control, meaning, since_ms: now_ms, place, moved_ms: None, kept: place },
            };
            self.sights.push(sight);
        }
    }

    /// Something that lay over everything is gone: all of it is new.
    pub fn uncovered(&mut self, now_ms: u64) {
        for sight in &mut self.sights {
            sight.since_ms = now_ms;
        }
        if let Some((_, since_ms)) = &mut self.focus {
            *since_ms = Some(now_ms);
        }
    }

    /// A pointer goes down, on a control or beside all. False when nobody may hear of it; the same of what follows.
    pub fn pointer_down(&mut self, now_ms: u64, on: Option<C>, at: (f64, f64)) -> bool {
        // Those at one spot mean one thing, whatever lay over it or has slipped under it meanwhile.
        let row = self
            .last
            .as_ref()
            .filter(|last| !is_old(now_ms, last.at_ms) && (last.at.0 - at.0).hypot(last.at.1 - at.1) <= SPOT);
        let other_ms = other_ms(&on, row.map(|last| (&last.on, last.at_ms, last.other_ms)));
        let slipped = has_slipped(now_ms, other_ms);
        let counts = on.as_ref().is_none_or(|control| !slipped && self.was_there(now_ms, control, Some(at)));
        let press = Press { on, at, at_ms: now_ms, other_ms, counts };
        self.last = Some(press.clone());
        self.presses.push(press);
        if self.presses.len() > FINGERS {
            self.presses.remove(0);
        }
        self.moves_focus = counts;
        counts
    }

    /// A click on a control, or beside all. `by_pointer`: by a pointer's press; others are made by a key, or by a program that
    /// helps the user, such as a screen reader, which means the control and no place.
    pub fn click(&mut self, now_ms: u64, on: Option<&C>, by_pointer: bool) -> bool {
        self.moves_focus = false;
        let Some(on) = on else {
            self.presses.clear();
            return true;
        };
        if by_pointer && !self.presses.is_empty() {
            let press = self.presses.iter().rposition(|press| press.on.as_ref() == Some(on));
            let Some(index) = press else {
                // It went down elsewhere.
                self.presses.clear();
                return false;
            };
            let press = self.presses.remove(index);
            return self.is_as_pressed(&press, on);
        }
        // Enter in a field clicks the button of its form.
        let key = self.key.take().filter(|key| key.acts && key.counts);
        let meant = key.is_some_and(|key| key.on == *on || key.target == KeyTarget::Field);
        meant || self.was_there(now_ms, on, None)
    }

    /// A key goes down, or repeats. False when nobody may hear of it.
    pub fn key_down(&mut self, now_ms: u64, key: &str, repeats: bool, on: C, target: KeyTarget) -> bool {
        let acts = match key {
            "Enter" => target != KeyTarget::Lines,
            "Escape" => true,
            " " => target == KeyTarget::Control,
            // Text, the cursor, scrolling, and what belongs to the browser.
            _ => false,
        };
        self.moves_focus = key == "Tab";
        if repeats {
            // What was begun in one field is not written in the next.
            let elsewhere = self.key.as_ref().is_some_and(|press| press.key == key && press.on != on);
            return !(acts || elsewhere && writes(key));
        }
        let mut counts = true;
        if acts {
            self.focused(now_ms, on.clone());
            let focus_ms = self.focus.as_ref().and_then(|(_, since_ms)| *since_ms);
            let row = self.last_key.as_ref().filter(|last| !is_old(now_ms, last.at_ms) && last.key == key);
            let other_ms = other_ms(&on, row.map(|last| (&last.on, last.at_ms, last.other_ms)));
            self.last_key = Some(Stroke { key: key.to_owned(), on: on.clone(), at_ms: now_ms, other_ms });
            counts = focus_ms
                .is_none_or(|since_ms| is_old(now_ms, since_ms) && !has_slipped(now_ms, other_ms))
                && (target != KeyTarget::Control || self.was_there(now_ms, &on, None));
        }
        self.key = Some(KeyPress { key: key.to_owned(), on, target, at_ms: now_ms, acts, counts });
        counts
    }

    /// A key is let go; a button that has the focus is clicked by Space only now.
    pub fn key_up(&mut self, key: &str, on: &C) -> bool {
        self.moves_focus = false;
        let since_ms = self.sight(on).map(|sight| sight.since_ms);
        let Some(press) = self.key.as_mut().filter(|press| press.acts && press.key == key) else {
            return true;
        };
        let unchanged = since_ms.is_none_or(|since_ms| since_ms <= press.at_ms);
        press.counts &= press.on == *on && unchanged;
        let counts = press.counts;
        if key != " " {
            self.key = None;
        }
        counts
    }

    /// Something has the focus, perhaps since before.
    pub fn focused(&mut self, now_ms: u64, on: C) {
        if self.focus.as_ref().is_none_or(|(focus, _)| *focus != on) {
            let by_user = std::mem::take(&mut self.moves_focus);
            self.focus = Some((on, (!by_user).then_some(now_ms)));
        }
    }

    /// Somebody writes in a field, and so knows where the focus is.
    pub fn writes(&mut self) {
        if let Some((_, since_ms)) = &mut self.focus {
            *since_ms = None;
        }
    }

    /// What is not to be seen cannot be hit by mistake: a label may click it.
    fn was_there(&self, now_ms: u64, control: &C, at: Option<(f64, f64)>) -> bool {
        self.sight(control).is_none_or(|sight| {
            let still = sight.moved_ms.is_none_or(|moved_ms| is_old(now_ms, moved_ms));
            is_old(now_ms, sight.since_ms) && (still || at.is_none_or(|at| sight.kept.holds(at)))
        })
    }

    fn is_as_pressed(&self, press: &Press<C>, on: &C) -> bool {
        press.counts && self.sight(on).is_none_or(|sight| sight.since_ms <= press.at_ms)
    }

    fn sight(&self, control: &C) -> Option<&Sight<C>> {
        self.sights.iter().find(|sight| sight.control == *control)
    }
}

impl<C> Sight<C> {
    fn seen(mut self, now_ms: u64, by_user: bool, place: Place) -> Self {
        if by_user {
            self.kept = self.kept.moved_by(place.left - self.place.left, place.top - self.place.top);
        } else if !place.is_at(self.place) {
            let still = self.moved_ms.is_none_or(|moved_ms| is_old(now_ms, moved_ms));
            self.kept = if still { self.place } else { self.kept.both(self.place) };
            self.moved_ms = Some(now_ms);
        }
        self.place = place;
        self
    }
}
