//! What a key press writes, and what it is a shortcut for.

/// Modifiers that are held.
#[derive(Clone, Copy, Debug, Default)]
pub struct Held {
    pub ctrl: bool,
    pub alt: bool,
    pub meta: bool,
    /// AltGr, the third level of a keyboard. Some browsers say Ctrl and Alt along with it.
    pub alt_graph: bool,
}

/// The sign that a key press writes, by the name that the browser gives to the key; `None` for keys with a name and for shortcuts.
///
/// Option writes signs on a Mac: `#` is Option+3 on British, Spanish, Italian, Swiss and Portuguese keyboards. With letters and
/// digits, Alt is a shortcut elsewhere.
pub fn written_by(key: &str, held: Held) -> Option<char> {
    let mut signs = key.chars();
    let sign = signs.next().filter(|_| signs.next().is_none())?;
    let is_shortcut = held.meta || (held.ctrl && !held.alt) || (held.alt && sign.is_ascii_alphanumeric());
    (held.alt_graph || !is_shortcut).then_some(sign)
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    #[test]
    fn signs_are_told_from_shortcuts() {
        let held = |text: &str| Held {
            ctrl: text.contains('c'),
            alt: text.contains('a'),
            meta: text.contains('m'),
            alt_graph: text.contains('g'),
        };
        for (key, modifiers, sign) in [
            ("#", "", Some('#')),
            ("5", "", Some('5')),
            ("٣", "", Some('٣')),
            // Option on a Mac
            ("#", "a", Some('#')),
            ("*", "a", Some('*')),
            ("+", "a", Some('+')),
            // AltGr, as browsers tell it
            ("#", "g", Some('#')),
            ("#", "ca", Some('#')),
            ("#", "cag", Some('#')),
            ("2", "g", Some('2')),
            // tabs, menus, copying
            ("1", "a", None),
            ("d", "a", None),
            ("c", "c", None),
            ("1", "c", None),
            ("#", "c", None),
            ("#", "m", None),
            ("v", "m", None),
            ("3", "ca", None),
            ("Enter", "", None),
            ("Dead", "a", None),
            ("", "", None),
        ] {
            assert_eq!(written_by(key, held(modifiers)), sign, "{key} with {modifiers}");
        }
    }
}
