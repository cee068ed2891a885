//! What an edit has put in place of what: told from the field's text before and after it, for browsers tell too little of it, and
//! each of them otherwise.

use std::ops::Range;

/// A piece of the old text, in characters, and what stands there now.
#[derive(Debug, Eq, PartialEq)]
pub(super) struct Splice {
    pub(super) replaced: Range<usize>,
    pub(super) inserted: String,
}

impl Splice {
    /// The caret stands behind what was inserted, as far as is known: so it is told where one of several like signs was put.
    pub(super) fn between(old: &str, new: &str, caret: usize) -> Self {
        let (old, new): (Vec<char>, Vec<char>) = (old.chars().collect(), new.chars().collect());
        let behind = new.len().saturating_sub(caret);
        let suffix = if old.ends_with(&new[new.len() - behind..]) {
            behind
        } else {
            old.iter().rev().zip(new.iter().rev()).take_while(|(old, new)| old == new).count()
        };
        let most = old.len().min(new.len()) - suffix;
        let prefix = old.iter().zip(&new).take(most).take_while(|(old, new)| old == new).count();
        Self {
            replaced: prefix..old.len() - suffix,
            inserted: new[prefix..new.len() - suffix].iter().collect(),
        }
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    #[test]
    fn what_was_put_in_place_of_what() {
        for (old, new, caret, replaced, inserted) in [
            ("", "03", 2, 0..0, "03"),
            ("03", "0312", 4, 2..2, "12"),
            ("03-12", "03-912", 4, 3..3, "9"),
            ("11", "111", 1, 0..0, "1"),
            ("11", "111", 3, 2..2, "1"),
            ("03-12", "03-2", 3, 3..4, ""),
            ("03-12", "7", 1, 0..5, "7"),
            ("03-12", "", 0, 0..5, ""),
            ("03-12", "03-12", 2, 2..2, ""),
            // a caret that says nothing
            ("03-12", "03-9912", 0, 3..3, "99"),
            ("12", "12", 99, 2..2, ""),
        ] {
            let splice = Splice::between(old, new, caret);
            assert_eq!(splice, Splice { replaced, inserted: inserted.to_owned() }, "{old} {new} {caret}");
        }
    }
}
