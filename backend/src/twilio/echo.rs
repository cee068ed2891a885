//! What the server saw of a signed request, in a form that tells nothing but whether it is what was sent.

use aws_lc_rs::digest;

/// SHA-256, hexadecimal, of the parameters in whatever order they came.
pub(crate) fn digest_of(params: &[(String, String)]) -> String {
    let mut sorted: Vec<_> = params.iter().collect();
    sorted.sort_unstable();
    let mut context = digest::Context::new(&digest::SHA256);
    for text in sorted.iter().flat_map(|(name, value)| [name, value]) {
        // With their lengths, or parts could be cut elsewhere.
        context.update(&text.len().to_be_bytes());
        context.update(text.as_bytes());
    }
    context.finish().as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_lists_apart_whatever_their_order() {
        let list = |pairs: &[(&str, &str)]| {
            pairs.iter().map(|(n, v)| ((*n).into(), (*v).into())).collect::<Vec<_>>()
        };
        let one = digest_of(&list(&[("a", "1"), ("b", "")]));
        assert_eq!(one, digest_of(&list(&[("b", ""), ("a", "1")])));
        for other in [&[("a", "1")][..], &[("a1", ""), ("b", "")], &[("a", "1"), ("a", "1"), ("b", "")], &[]]
        {
            assert_ne!(one, digest_of(&list(other)));
        }
        assert_eq!(one.len(), 64);
    }
}
