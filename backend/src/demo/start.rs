use std::{
    net::{Ipv4Addr, SocketAddr},
    sync::Arc,
};

use emulator::Emulator;
use secrecy::SecretString;
use shared::api::{DemoWorld, paths};
use thiserror::Error;

use super::world::{countries, emulator_config, world};
use crate::{
    config::{Database, Dial, PublicUrl, PublicUrlError, Settings},
    http::{Server, StartError},
    lines::Line,
    page_source::PageSource,
    sign_in::passcode::{self, PasscodeError},
    store::{self, Store, StoreError},
    twilio::{
        Credentials,
        sid::{AccountSid, ApiKeySid, ApplicationSid, SidError},
    },
};

/// What can be chosen of the demo. The default takes free ports.
pub struct Options {
    /// Port of the server, on loopback; 0 takes a free one.
    pub port: u16,
    /// Port of the emulator, on loopback; 0 takes a free one.
    pub emulator_port: u16,
    /// UDP port of all audio, on loopback alone, for the [`Door`](super::Door); `None` takes free ones, on each of the machine's
    /// addresses.
    pub media_port: Option<u16>,
    /// The built UI.
    pub page: PageSource,
    /// Seconds an access token is good for.
    pub token_lifetime_s: u32,
    /// Seconds the far end may ring.
    pub ring_timeout_s: u32,
    /// Whom lines may dial, and how much.
    pub dial: Dial,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            port: 0,
            emulator_port: 0,
            media_port: None,
            page: PageSource::default(),
            token_lifetime_s: 900,
            ring_timeout_s: 30,
            dial: Dial { countries: countries(), ..Dial::default() },
        }
    }
}

/// Server and emulator, running. Both stop when it is dropped.
pub struct Demo {
    // The order matters: the server goes first, so that nobody calls an emulator that is gone.
    pub server: Server,
    pub emulator: Emulator,
    pub world: DemoWorld,
    settings: Settings,
}

/// Why the demo does not start.
#[derive(Debug, Error)]
pub enum DemoError {
    #[error("the emulator does not start: {0}")]
    Emulator(#[from] emulator::StartError),
    #[error(transparent)]
    Server(#[from] StartError),
    #[error("the demo's store does not work: {0}")]
    Store(#[from] StoreError),
    #[error(transparent)]
    Passcode(#[from] PasscodeError),
    #[error("the operating system has no random numbers: {0}")]
    Random(#[from] getrandom::Error),
    #[error("the emulator's account {0}")]
    Sid(#[from] SidError),
    #[error("the demo's public URL {0}")]
    PublicUrl(#[from] PublicUrlError),
}

impl Demo {
    /// Starts the emulator, then the server with a throw-away store, and points the one to the other.
    ///
    /// # Errors
    /// A port is taken, most likely.
    pub async fn start(options: Options) -> Result<Self, DemoError> {
        let loopback = |port| SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let config = emulator_config(loopback(options.emulator_port));
        let config = emulator::Config { media_port: options.media_port, ..config };
        let account = config.account.clone();
        let numbers: Vec<_> = account.numbers.iter().map(|number| number.phone_number.clone()).collect();
        let emulator = Emulator::start(config).await?;
        let world = world(&emulator.url());

        let twilio = Credentials {
            account_sid: AccountSid::parse(&account.sid)?,
            auth_token: SecretString::from(account.auth_token),
            auth_token_secondary: None,
            api_key_sid: ApiKeySid::parse(&account.api_key_sid)?,
            api_key_secret: SecretString::from(account.api_key_secret),
            application_sid: ApplicationSid::parse(&account.application_sid)?,
        };
        // "localhost" is what browsers trust with a microphone without TLS.
        let public_url = PublicUrl::parse(&format!("http://localhost:{}", options.port))?;
        let settings = Settings {
            bind: loopback(options.port),
            page: options.page,
            token_lifetime_s: options.token_lifetime_s,
            ring_timeout_s: options.ring_timeout_s,
            dial: options.dial,
            signaling_emulator: Some(emulator.address().to_string()),
            demo: Some(world.clone()),
            ..Settings::new(public_url, Database::Memory, twilio)
        };
        let store = store::open(&settings.database).await?;
        add_lines(&world, &store).await?;
        let server = Server::start_with_store(settings.clone(), store).await?;
        // From now on every start is on the same port.
        let settings =
            Settings { bind: server.address(), public_url: server.public_url().clone(), ..settings };

        emulator.set_application_voice_url(&server.url(paths::CALL_OUTGOING));
        for number in numbers {
            emulator.set_number_voice_url(&number, &server.url(paths::CALL_INCOMING));
        }
        Ok(Self { server, emulator, world, settings })
    }

    /// The settings the server runs with, the port bound included.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Stops both; their ports are free when it returns.
    pub async fn stop(self) {
        self.server.stop().await;
        self.emulator.stop().await;
    }
}

async fn add_lines(world: &DemoWorld, store: &Arc<dyn Store>) -> Result<(), DemoError> {
    for line in &world.lines {
        let hash = passcode::hash(&SecretString::from(line.passcode.clone()))?;
        store.add_line(&Line::new(line.phone_number.clone(), line.label.clone(), hash)?).await?;
    }
    Ok(())
}
