use std::sync::{Arc, atomic::AtomicBool};

use shared::api::paths;

use super::{complaints::ComplaintLog, operations::Metrics, start_error::StartError};
use crate::{
    audit::AuditLog,
    calls::{CallLog, busy::BusySince},
    config::{PublicUrl, Settings},
    dialling::Dialling,
    events::Hub,
    lines::Directory,
    page::{ContentSecurityPolicy, Files, Sounds},
    sign_in::{openid::Provider, passcodes::Passcodes},
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
    pub(crate) events: Hub,
    pub(crate) audit: AuditLog,
    pub(crate) complaints: ComplaintLog,
    pub(crate) dialling: Arc<Dialling>,
    pub(crate) minter: Minter,
    pub(crate) webhooks: Webhooks,
    pub(crate) passcodes: Passcodes,
    pub(crate) openid: Option<Provider>,
    pub(crate) sounds: Sounds,
    pub(crate) page: Files,
    pub(crate) metrics: Metrics,
    /// It was told to stop; nothing new shall be sent to it.
    pub(crate) stopping: AtomicBool,
}

impl AppState {
    pub(crate) fn new(
        settings: Settings,
        public_url: PublicUrl,
        store: Arc<dyn Store>,
    ) -> Result<Self, StartError> {
        let dialling = Arc::new(Dialling::new(store.clone(), settings.permitted(), settings.dial_limits()));
        let metrics = Metrics::new();
        let redirect_url = public_url.join(paths::OPENID_CALLBACK);
        let openid =
            settings.openid.clone().map(|settings| Provider::new(settings, redirect_url)).transpose()?;
        Ok(Self {
            directory: Directory::new(store.clone()),
            call_log: CallLog::new(store.clone(), dialling.clone(), metrics.clone()),
            dialling,
            events: Hub::new(store.clone()),
            complaints: ComplaintLog::new(),
            audit: AuditLog::new(store.clone(), settings.sign_in.audit_retention_days),
            minter: Minter::new(&settings.twilio),
            webhooks: Webhooks::new(&settings.twilio, public_url.clone()),
            passcodes: Passcodes::new()?,
            openid,
            sounds: Sounds::synthesise(),
            page: page_of(&settings, &public_url),
            metrics,
            stopping: AtomicBool::new(false),
            settings,
            public_url,
            store,
        })
    }

    /// Which calls keep a line busy at this moment.
    pub(crate) fn busy_since(&self, now_s: i64) -> BusySince {
        BusySince::at(now_s, self.settings.ring_timeout_s, self.settings.call_time_limit_s)
    }
}

/// The page as these settings have it.
pub(crate) fn page_of(settings: &Settings, public_url: &PublicUrl) -> Files {
    let emulator = settings.signaling_emulator.as_deref();
    let policy = ContentSecurityPolicy::new(&settings.edges, emulator);
    Files::new(settings.page.clone(), public_url.prefix().to_owned(), emulator.is_some(), policy)
}
