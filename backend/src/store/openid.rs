use async_trait::async_trait;

use super::StoreError;
use crate::domain::browser_secret::SecretDigest;

/// A browser that has been sent to the OpenID Connect provider.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct OpenIdLogin {
    /// Of the secret in the browser's cookie.
    pub digest: SecretDigest,
    /// What the provider must send back.
    pub state: String,
    /// What must be in the ID token.
    pub nonce: String,
    /// Proves to the provider that the code is redeemed by who asked for it (PKCE, RFC 7636).
    pub verifier: String,
    /// Seconds since the Unix epoch.
    pub expires_at: i64,
}

/// Sign-ins by OpenID Connect that are under way.
#[async_trait]
pub trait OpenIdStore: Send + Sync {
    /// Remembers one; forgets those that have expired by `now_s`, and of very many the oldest.
    async fn add_login(&self, login: &OpenIdLogin, now_s: i64) -> Result<(), StoreError>;
    /// Hands it out, once.
    async fn take_login(&self, digest: SecretDigest, now_s: i64) -> Result<Option<OpenIdLogin>, StoreError>;
}
