/// After this long without a key, nobody is typing any more.
const TYPING_MS: u64 = 1_500;

/// What becomes of the focus when somebody calls.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum RingFocus {
    /// It stays in the field that somebody writes in.
    Stay,
    /// It moves to Answer.
    Answer,
    /// Look again after so many milliseconds: somebody typed just now, and the Enter that ends it must not answer a call.
    LookAgain(u64),
}

/// `in_field`: the focus is in a field that is still there. `since_key_ms`: how long ago the last key was pressed.
pub fn ring_focus(in_field: bool, since_key_ms: Option<u64>) -> RingFocus {
    if in_field {
        return RingFocus::Stay;
    }
    match since_key_ms.and_then(|since| TYPING_MS.checked_sub(since)) {
        None | Some(0) => RingFocus::Answer,
        Some(left) => RingFocus::LookAgain(left),
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    #[test]
    fn typing_is_not_interrupted_and_does_not_answer() {
        assert_eq!(ring_focus(true, None), RingFocus::Stay);
        assert_eq!(ring_focus(true, Some(0)), RingFocus::Stay);
        assert_eq!(ring_focus(false, None), RingFocus::Answer);
        assert_eq!(ring_focus(false, Some(0)), RingFocus::LookAgain(TYPING_MS));
        assert_eq!(ring_focus(false, Some(TYPING_MS - 1)), RingFocus::LookAgain(1));
        assert_eq!(ring_focus(false, Some(TYPING_MS)), RingFocus::Answer);
        assert_eq!(ring_focus(false, Some(u64::MAX)), RingFocus::Answer);
    }
}
