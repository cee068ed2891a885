use std::sync::Arc;

use actix_web::web;
use secrecy::SecretString;
use tokio::sync::Semaphore;

use crate::{
    audit::AuditLog,
    call_log::CallLog,
    config::{PublicUrl, Settings},
    content_security_policy::ContentSecurityPolicy,
    dialling::Dialling,
    directory::Directory,
    domain::passcode::{self, PasscodeError},
    error::ApiError,
    sounds::Sounds,
    store::Store,
    twilio::{access_token::Minter, webhook::Webhooks},
};

/// What every request can reach. One, shared by all workers.
pub(crate) struct AppState {
    pub(crate) settings: Settings,
    /// With the port that was bound.
    pub(crate) public_url: PublicUrl,
    pub(crate) store: Arc<dyn Store>,
    pub(crate) directory: Directory,
    pub(crate) call_log: CallLog,
    pub(crate) audit: AuditLog,
    pub(crate) dialling: Arc<Dialling>,
    pub(crate) minter: Minter,
    pub(crate) webhooks: Webhooks,
    pub(crate) passcodes: Passcodes,
    pub(crate) sounds: Sounds,
    pub(crate) page_policy: ContentSecurityPolicy,
}

impl AppState {
    pub(crate) fn new(
        settings: Settings,
        public_url: PublicUrl,
        store: Arc<dyn Store>,
    ) -> Result<Self, PasscodeError> {
        let dialling = Arc::new(Dialling::new(store.clone(), &settings));
        Ok(Self {
            directory: Directory::new(store.clone()),
            call_log: CallLog::new(store.clone(), dialling.clone()),
            dialling,
            audit: AuditLog::new(store.clone(), settings.sign_in.audit_retention_days),
            minter: Minter::new(&settings.twilio),
            webhooks: Webhooks::new(&settings.twilio, public_url.clone()),
            passcodes: Passcodes::new()?,
            sounds: Sounds::synthesise(),
            page_policy: ContentSecurityPolicy::new(&settings.edges, settings.signaling_emulator.as_deref()),
            settings,
            public_url,
            store,
        })
    }
}

/// Passcode checks off the workers, few at a time: each takes 19 MiB.
pub(crate) struct Passcodes {
    permits: Semaphore,
    /// Checked for numbers that no line has, so that they cost what a wrong passcode costs.
    nobodys: String,
}

impl Passcodes {
    const AT_ONCE: usize = 2;

    fn new() -> Result<Self, PasscodeError> {
        let nobodys = passcode::hash(&passcode::generate()?)?;
        Ok(Self { permits: Semaphore::new(Self::AT_ONCE), nobodys })
    }

    /// Whether the passcode is the hashed one; without a hash it never is.
    pub(crate) async fn verify(
        &self,
        passcode: SecretString,
        hash: Option<String>,
    ) -> Result<bool, ApiError> {
        let _permit = self.permits.acquire().await.map_err(|error| ApiError::internal(&error))?;
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| self.nobodys.clone());
        let right = web::block(move || passcode::verify(&passcode, &hash))
            .await
            .map_err(|error| ApiError::internal(&error))?;
        Ok(known && right)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Version, memory, passes and lanes of a PHC string: what a verification costs.
    fn cost(hash: &str) -> String {
        hash.split('$').take(4).collect::<Vec<_>>().join("$")
    }

    /// So an unknown number takes as long as a wrong passcode, and nobody needs a clock to be sure.
    #[actix_web::test]
    async fn an_unknown_number_costs_what_a_wrong_passcode_costs() {
        let passcodes = Passcodes::new().unwrap();
        let lines = passcode::hash(&SecretString::from("a line's passcode")).unwrap();
        assert!(cost(&lines).starts_with("$argon2id$v=19$m="), "{lines}");
        assert_eq!(cost(&passcodes.nobodys), cost(&lines));
        assert!(!passcodes.verify(SecretString::from("anything"), None).await.unwrap());
    }
}
