//! SIDs and other identifiers.

use sha2::{Digest, Sha256};

/// Makes identifiers: unlike each other, and the same again for the same seed.
#[derive(Debug, Clone)]
pub struct Ids {
    seed: u64,
    counter: u64,
}

impl Ids {
    /// A source of identifiers that depends on `seed` alone.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self { seed, counter: 0 }
    }

    /// A SID: two letters and 32 lower-case hexadecimal digits.
    pub fn sid(&mut self, prefix: &str) -> String {
        format!("{prefix}{}", self.hex32())
    }

    /// Thirty-two hexadecimal digits that nobody can guess without the seed.
    pub fn hex32(&mut self) -> String {
        self.counter += 1;
        let mut hash = Sha256::new();
        hash.update(self.seed.to_be_bytes());
        hash.update(self.counter.to_be_bytes());
        hash.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
    }

    /// The next number of a sequence shared by everything that needs a small key.
    pub fn number(&mut self) -> u64 {
        self.counter += 1;
        self.counter
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sid_has_two_letters_and_32_hex_digits() {
        let mut ids = Ids::new(7);
        let (first, second) = (ids.sid("CA"), ids.sid("CA"));
        assert_eq!(first.len(), 34);
        assert!(first.starts_with("CA"));
        assert!(first[2..].chars().all(|c| c.is_ascii_hexdigit() && !c.is_ascii_uppercase()));
        assert_ne!(first, second);
    }
}
