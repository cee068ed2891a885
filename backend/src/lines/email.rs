//! E-mail addresses as names of people who sign in by OpenID Connect.

/// How an address is kept and compared; `None` when it is none. Only what matters here is checked: one `@`, no spaces,
/// nothing that ends a line. ASCII in lower
/// case: providers do not tell two people apart by it. No other letter is folded: the Kelvin sign is not a k.
pub fn normalise(text: &str) -> Option<String> {
    const LONGEST: usize = 254;
    let text = text.trim();
    let (user, host) = text.split_once('@')?;
    let fine = |part: &str| {
        !part.is_empty() && !part.contains(|c: char| c == '@' || c.is_whitespace() || c.is_control())
    };
    (text.len() <= LONGEST && fine(user) && fine(host)).then(|| text.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_compared_in_lower_case() {
        assert_eq!(normalise(" Ann@Example.com\n").as_deref(), Some("ann@example.com"));
        assert_eq!(normalise("\u{212a}im@example.com").as_deref(), Some("\u{212a}im@example.com"));
        for wrong in
            ["", "ann", "@example.com", "ann@", "a@b@c", "a b@example.com", "a@b\u{0}", &"x@".repeat(200)]
        {
            assert_eq!(normalise(wrong), None, "{wrong}");
        }
    }
}
