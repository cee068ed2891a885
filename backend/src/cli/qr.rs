//! A QR code on a terminal, two rows of squares in a line of text.

use qrcodegen::{QrCode, QrCodeEcc};

/// Empty squares around the code, which readers need.
const EDGE: i32 = 2;
/// Black on white, whatever the terminal's own colours are; and back.
const COLOURS: (&str, &str) = ("\u{1b}[30;107m", "\u{1b}[0m");

/// `None` when the text is too long for one.
pub(super) fn code_of(text: &str) -> Option<String> {
    let code = QrCode::encode_text(text, QrCodeEcc::Low).ok()?;
    let squares = -EDGE..code.size() + EDGE;
    let mut lines = String::new();
    for y in squares.clone().step_by(2) {
        lines.push_str(COLOURS.0);
        lines.extend(squares.clone().map(|x| match (code.get_module(x, y), code.get_module(x, y + 1)) {
            (true, true) => '█',
            (true, false) => '▀',
            (false, true) => '▄',
            (false, false) => ' ',
        }));
        lines.push_str(COLOURS.1);
        lines.push('\n');
    }
    Some(lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn its_corners_are_where_readers_look_for_them() {
        let text = code_of("https://phone.example.com/#invite=815031234567-k3fmz9qaxe").unwrap();
        let line = |n: usize| text.lines().nth(n).unwrap().replace(COLOURS.0, "").replace(COLOURS.1, "");
        assert!(line(0).trim().is_empty(), "the edge");
        assert!(line(1).starts_with("  █▀▀▀▀▀█ ") && line(1).ends_with(" █▀▀▀▀▀█  "), "{text}");
        assert!(line(2).starts_with("  █ ███ █ ") && line(4).starts_with("  ▀▀▀▀▀▀▀ "), "{text}");
        assert!(code_of(&"x".repeat(5_000)).is_none());
    }
}
