//! Passcodes and one-time codes: argon2id, slow on purpose. Call from a thread that may block. What a passcode must be
//! is in [`shared::passcode`].

use argon2::{
    Algorithm, Argon2, Block, Params, Version,
    password_hash::phc::{Output, ParamsString, PasswordHash, Salt},
};
use secrecy::{ExposeSecret, SecretString};
use shared::{digits, passcode::MAX_LEN};
use thiserror::Error;

use crate::random;

/// Why there is no hash.
#[derive(Debug, Error)]
pub enum PasscodeError {
    #[error("the passcode is too long; it may have at most {MAX_LEN} bytes")]
    TooLong,
    #[error("the passcode could not be hashed: {0}")]
    Hash(#[from] argon2::password_hash::Error),
    #[error("the passcode could not be hashed: {0}")]
    Argon2(#[from] argon2::Error),
    #[error("the operating system has no random numbers: {0}")]
    Random(#[from] getrandom::Error),
}

/// What argon2 works in, 19 MiB. It grows to what it is used for, and is kept until it is given back.
#[derive(Default)]
pub struct Memory {
    blocks: Vec<Block>,
    /// How often it had to grow.
    #[cfg(test)]
    pub(crate) grown: usize,
}

impl Memory {
    /// Blocks of a KiB that are asked for at least, though the system gives them only as they are written: more than 32 MiB glibc
    /// returns to the system as soon as they are given back (M_MMAP_THRESHOLD in mallopt(3)); less may stay with each thread
    /// that ever had it.
    const AT_LEAST: usize = 33 * 1024;

    /// Nobody needs it for now.
    pub(crate) fn give_back(&mut self) {
        self.blocks = Vec::new();
    }

    #[cfg(test)]
    pub(crate) fn is_given_back(&self) -> bool {
        self.blocks.capacity() == 0
    }

    fn blocks(&mut self, count: usize) -> &mut [Block] {
        if self.blocks.len() < count {
            self.blocks.reserve_exact(count.max(Self::AT_LEAST) - self.blocks.len());
            self.blocks.resize(count, Block::default());
            #[cfg(test)]
            {
                self.grown += 1;
            }
        }
        &mut self.blocks
    }
}

/// Bytes of salt and of hash.
const SALT_LEN: usize = 16;
const HASH_LEN: usize = Params::DEFAULT_OUTPUT_LEN;

/// Hashes with argon2id and the parameters that OWASP's cheat sheet names first for 19 MiB (the crate's default).
///
/// # Errors
/// The passcode is too long, or the machine has no random numbers for it.
pub fn hash(passcode: &SecretString) -> Result<String, PasscodeError> {
    hash_in(&mut Memory::default(), passcode)
}

/// [`hash`], in memory that has been there before.
///
/// # Errors
/// As there.
pub fn hash_in(memory: &mut Memory, passcode: &SecretString) -> Result<String, PasscodeError> {
    let passcode = passcode.expose_secret();
    if passcode.len() > MAX_LEN {
        return Err(PasscodeError::TooLong);
    }
    let passcode = SecretString::from(digits::fold(passcode));
    let passcode = passcode.expose_secret().as_bytes();
    let salt = random::bytes::<SALT_LEN>()?;
    let mut hash = [0; HASH_LEN];
    let blocks = memory.blocks(Params::DEFAULT.block_count());
    Argon2::default().hash_password_into_with_memory(passcode, &salt, &mut hash, blocks)?;
    phc(&salt, &hash)
}

/// A hash that no passcode has, as far as anybody can find out, and that costs what any other costs.
///
/// # Errors
/// The machine has no random numbers for it.
pub fn hash_of_nothing() -> Result<String, PasscodeError> {
    phc(&random::bytes::<SALT_LEN>()?, &random::bytes::<HASH_LEN>()?)
}

/// The text that is stored.
fn phc(salt: &[u8], hash: &[u8]) -> Result<String, PasscodeError> {
    let hash = PasswordHash {
        algorithm: Algorithm::default().ident(),
        version: Some(Version::default().into()),
        params: ParamsString::try_from(&Params::DEFAULT)?,
        salt: Some(Salt::new(salt).map_err(argon2::password_hash::Error::from)?),
        hash: Some(Output::new(hash).map_err(argon2::password_hash::Error::from)?),
    };
    Ok(hash.to_string())
}

/// Whether the passcode is the hashed one. A hash that cannot be read is nobody's.
pub fn verify(passcode: &SecretString, hash: &str) -> bool {
    verify_in(&mut Memory::default(), passcode, hash)
}

/// [`verify`], in memory that has been there before. The hash says itself how it was made.
pub fn verify_in(memory: &mut Memory, passcode: &SecretString, hash: &str) -> bool {
    let typed = passcode.expose_secret();
    if typed.is_ascii() {
        return is_hash_of(memory, typed, hash);
    }
    // A digit is the same on the keyboard of a phone that types ٣ and of a laptop that types 3. Passcodes that were chosen
    // before this was known were hashed as they were typed.
    let folded = SecretString::from(digits::fold(typed));
    let folded = folded.expose_secret();
    is_hash_of(memory, folded, hash) || (folded != typed && is_hash_of(memory, typed, hash))
}

fn is_hash_of(memory: &mut Memory, passcode: &str, hash: &str) -> bool {
    let passcode = passcode.as_bytes();
    // A long text costs no more than a short one, and is wrong anyway.
    let within = &passcode[..passcode.len().min(MAX_LEN)];
    let right = PasswordHash::new(hash).is_ok_and(|hash| is_hashed(memory, within, &hash));
    right && passcode.len() <= MAX_LEN
}

fn is_hashed(memory: &mut Memory, passcode: &[u8], hash: &PasswordHash) -> bool {
    let (Some(salt), Some(expected)) = (&hash.salt, &hash.hash) else { return false };
    let Ok(algorithm) = Algorithm::try_from(hash.algorithm.as_str()) else { return false };
    let Ok(version) = hash.version.map_or(Ok(Version::default()), Version::try_from) else { return false };
    let Ok(params) = Params::try_from(hash) else { return false };
    let blocks = memory.blocks(params.block_count());
    let mut actual = [0; Output::MAX_LENGTH];
    let Some(actual) = actual.get_mut(..expected.len()) else { return false };
    let argon2 = Argon2::new(algorithm, version, params);
    let done = argon2.hash_password_into_with_memory(passcode, salt, actual, blocks);
    // `Output` compares in constant time.
    done.is_ok() && Output::new(actual).is_ok_and(|actual| actual == *expected)
}

#[cfg(test)]
mod tests {
    use argon2::{
        ParamsBuilder,
        password_hash::{PasswordHasher, PasswordVerifier},
    };

    use super::*;

    fn secret(text: &str) -> SecretString {
        SecretString::from(text.to_owned())
    }

    #[test]
    fn only_the_right_passcode_verifies() {
        let hash = hash(&secret("correct horse")).unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(verify(&secret("correct horse"), &hash));
        assert!(!verify(&secret("correct horsf"), &hash));
        assert!(!verify(&secret(""), &hash));
        assert!(!verify(&secret("correct horse"), "not a hash"));
        assert!(!verify(&secret(&"x".repeat(100_000)), &hash));
        assert!(!verify(&secret("correct horse"), &hash_of_nothing().unwrap()));
    }

    /// The library's own way, with whatever parameters a hash was made with, in one piece of memory.
    #[test]
    fn digits_are_the_same_in_every_script() {
        let hashed = hash(&secret("pass٣٩٧1 2")).unwrap();
        for same in ["pass3971 2", "pass٣٩٧1 ٢", "pass۳۹۷۱ 2", "pass３９７１ ２"] {
            assert!(verify(&secret(same), &hashed), "{same}");
        }
        assert!(!verify(&secret("pass٣٩٧1 3"), &hashed));
        // One that was hashed as it was typed.
        let typed = Argon2::default().hash_password("pass٣٩٧1 2".as_bytes()).unwrap().to_string();
        assert!(verify(&secret("pass٣٩٧1 2"), &typed));
        assert!(!verify(&secret("pass3971 2"), &typed));
    }

    #[test]
    fn hashes_of_any_parameters_are_those_of_the_library() {
        let mut memory = Memory::default();
        let ours = hash_in(&mut memory, &secret("correct horse")).unwrap();
        assert!(Argon2::default().verify_password(b"correct horse", ours.as_str()).is_ok());
        for (algorithm, version, m_cost, t_cost, p_cost, output_len) in [
            (Algorithm::Argon2id, Version::V0x13, 19_456, 2, 1, 32),
            (Algorithm::Argon2id, Version::V0x13, 64, 3, 4, 32),
            (Algorithm::Argon2i, Version::V0x10, 32_768, 1, 2, 64),
            (Algorithm::Argon2d, Version::V0x13, 8, 1, 1, 16),
        ] {
            let params = ParamsBuilder::new()
                .m_cost(m_cost)
                .t_cost(t_cost)
                .p_cost(p_cost)
                .output_len(output_len)
                .build()
                .unwrap();
            let library = Argon2::new(algorithm, version, params);
            let theirs = library.hash_password(b"correct horse").unwrap().to_string();
            assert!(verify_in(&mut memory, &secret("correct horse"), &theirs), "{theirs}");
            assert!(!verify_in(&mut memory, &secret("correct horsf"), &theirs), "{theirs}");
        }
        assert_eq!(memory.grown, 2, "for ours, and once for a larger one");
    }
}
