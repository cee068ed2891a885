//! Sessions: when they end, and when it is worth noting that they are used.

use shared::PhoneNumber;

use super::browser_secret::SecretDigest;
use crate::lines::Line;

/// A session that begins.
#[derive(Clone, Debug)]
pub struct NewSession {
    pub digest: SecretDigest,
    /// Names the session to its owner.
    pub id: String,
    pub line: PhoneNumber,
    /// Such as "Chrome on Windows".
    pub device: String,
    /// Of the browser's long-lived secret.
    pub device_digest: SecretDigest,
    /// Seconds since the Unix epoch.
    pub signed_in_at: i64,
    /// Seconds since the Unix epoch.
    pub expires_at: i64,
}

/// What its beginner has shown, and the session rests on: it begins only while that is still what the line asks for.
#[derive(Clone, Copy)]
pub enum Proof<'a> {
    /// The hash of the passcode.
    PasscodeHash(&'a str),
    /// The address that the OpenID Connect provider vouches for.
    Email(&'a str),
}

/// A session that has not ended. Times are seconds since the Unix epoch.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Session {
    pub digest: SecretDigest,
    pub id: String,
    pub device: String,
    pub signed_in_at: i64,
    /// Exact to [`touch_after_s`].
    pub last_seen_at: i64,
    pub expires_at: i64,
}

/// A session and its line.
#[derive(Clone, Debug)]
pub struct LineSession {
    pub line: Line,
    pub session: Session,
}

/// Seconds after which it is noted again that a session is used: rarely, for each note is a write; often enough for one
/// that is used not to end as idle.
pub fn touch_after_s(idle_s: u32) -> i64 {
    const RARELY_S: i64 = 300;
    RARELY_S.min(i64::from(idle_s) / 10)
}

/// Seconds an access token is good for: as set, but it ends with the session, give or take a minute, which is what a
/// phone needs to use it at all.
pub fn token_lifetime_s(session: &Session, now_s: i64, set_s: u32) -> u32 {
    const SHORTEST_S: u32 = 60;
    let left = u32::try_from(session.expires_at.saturating_sub(now_s)).unwrap_or(0);
    set_s.min(left.max(SHORTEST_S))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_ends_with_its_session() {
        let session = Session {
            digest: SecretDigest([0; 32]),
            id: String::new(),
            device: String::new(),
            signed_in_at: 0,
            last_seen_at: 0,
            expires_at: 10_000,
        };
        let lifetime = |now_s| token_lifetime_s(&session, now_s, 900);
        assert_eq!([0, 9_100, 9_500, 9_990, 10_001].map(lifetime), [900, 900, 500, 60, 60]);
        assert_eq!(token_lifetime_s(&session, 9_990, 30), 30);
    }

    #[test]
    fn use_is_noted_long_before_a_session_is_idle() {
        assert_eq!(touch_after_s(7 * 86_400), 300);
        assert_eq!(touch_after_s(300), 30);
    }
}
