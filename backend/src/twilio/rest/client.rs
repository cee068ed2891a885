use std::time::Duration;

use reqwest::{Client, Method, Response, header, redirect::Policy};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, de::DeserializeOwned};

use super::{
    error::RestError,
    retry::{Failure, Retry, pause},
};
use crate::{error_chain::of_request, web_client};

/// Longest that one try may take.
const TIMEOUT: Duration = Duration::from_secs(20);
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// Version of the API in its paths.
const VERSION: &str = "2010-04-01";

/// Where Twilio's APIs are.
#[derive(Clone, Debug)]
pub struct Hosts {
    /// `https://api.twilio.com`
    pub api: String,
    /// `https://voice.twilio.com`, which has the dialing permissions.
    pub voice: String,
}

impl Default for Hosts {
    fn default() -> Self {
        Self { api: "https://api.twilio.com".to_owned(), voice: "https://voice.twilio.com".to_owned() }
    }
}

impl Hosts {
    /// Both at one address: an emulator.
    pub fn at(base: &str) -> Self {
        let base = base.trim().trim_end_matches('/').to_owned();
        Self { api: base.clone(), voice: base }
    }
}

/// A client of one account.
#[derive(Clone)]
pub struct Rest {
    http: Client,
    pub(super) hosts: Hosts,
    account_sid: String,
    /// The account's SID, or an API key's.
    user: String,
    password: SecretString,
}

/// A request.
pub(super) struct Ask<'a> {
    pub(super) method: Method,
    pub(super) url: String,
    pub(super) form: &'a [(String, String)],
    pub(super) retry: Retry,
    /// Continues "cannot …".
    pub(super) what: &'a str,
}

/// A body, and the time at which Twilio sent it.
pub(super) struct Answer {
    pub(super) body: Vec<u8>,
    pub(super) date: Option<String>,
}

/// Twilio's shape of an error.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Refusal {
    code: Option<u32>,
    message: String,
}

impl Rest {
    /// With the account's own credentials.
    ///
    /// # Errors
    /// There is no TLS on this machine.
    pub fn new(hosts: Hosts, account_sid: &str, auth_token: SecretString) -> Result<Self, RestError> {
        let http = web_client::client(|builder| {
            builder
                .timeout(TIMEOUT)
                .connect_timeout(CONNECT_TIMEOUT)
                .redirect(Policy::none())
                .user_agent(concat!("sidetone/", env!("CARGO_PKG_VERSION")))
        })
        .map_err(|error| RestError::NoClient(error.to_string()))?;
        Ok(Self {
            http,
            hosts,
            account_sid: account_sid.to_owned(),
            user: account_sid.to_owned(),
            password: auth_token,
        })
    }

    /// The same account with an API key's credentials.
    #[must_use]
    pub fn with_key(&self, key_sid: &str, secret: SecretString) -> Self {
        Self { user: key_sid.to_owned(), password: secret, ..self.clone() }
    }

    /// URL below the account, such as `Keys.json`.
    pub(super) fn account_url(&self, path: &str) -> String {
        format!("{}/{VERSION}/Accounts/{}/{path}", self.hosts.api, self.account_sid)
    }

    /// URL of the account itself.
    pub(super) fn own_url(&self) -> String {
        format!("{}/{VERSION}/Accounts/{}.json", self.hosts.api, self.account_sid)
    }

    pub(super) async fn get(&self, url: String, what: &str) -> Result<Answer, RestError> {
        self.ask(Ask { method: Method::GET, url, form: &[], retry: Retry::Always, what }).await
    }

    /// Asks, and asks again where that is right.
    pub(super) async fn ask(&self, ask: Ask<'_>) -> Result<Answer, RestError> {
        let host = host(&ask.url);
        let mut tries = 0;
        loop {
            tries += 1;
            let (error, failure, retry_after_s) = match self.once(&ask).await {
                Ok(response) if response.status().is_success() => {
                    match read(response, ask.what, &host).await {
                        Ok(answer) => return Ok(answer),
                        Err(error) => (error, Failure::NoAnswer, None),
                    }
                }
                Ok(response) => {
                    let status = response.status().as_u16();
                    let after = response.headers().get(header::RETRY_AFTER);
                    let after = after.and_then(|value| value.to_str().ok()?.trim().parse().ok());
                    (refused(response, ask.what).await, Failure::Status(status), after)
                }
                Err(error) => {
                    let (what, why) = (ask.what.to_owned(), of_request(&error));
                    (RestError::NoAnswer { what, host: host.clone(), why }, Failure::NoAnswer, None)
                }
            };
            let Some(wait) = pause(ask.retry, failure, tries, retry_after_s, chance()) else {
                return Err(error);
            };
            tracing::info!("{error}; the next try is in {} ms", wait.as_millis());
            tokio::time::sleep(wait).await;
        }
    }

    async fn once(&self, ask: &Ask<'_>) -> Result<Response, reqwest::Error> {
        let request = self
            .http
            .request(ask.method.clone(), &ask.url)
            .basic_auth(&self.user, Some(self.password.expose_secret()));
        let request = if ask.method == Method::POST { request.form(ask.form) } else { request };
        request.send().await
    }
}

async fn read(response: Response, what: &str, host: &str) -> Result<Answer, RestError> {
    let date = response.headers().get(header::DATE).and_then(|date| date.to_str().ok()).map(str::to_owned);
    match response.bytes().await {
        Ok(body) => Ok(Answer { body: body.to_vec(), date }),
        Err(error) => {
            Err(RestError::NoAnswer { what: what.to_owned(), host: host.to_owned(), why: of_request(&error) })
        }
    }
}

async fn refused(response: Response, what: &str) -> RestError {
    let status = response.status().as_u16();
    let body = response.bytes().await.unwrap_or_default();
    let Refusal { code, message } = serde_json::from_slice(&body).unwrap_or_default();
    // Twilio's words are short; whatever else stands in between must not flood the terminal.
    let message = message.chars().filter(|c| !c.is_control()).take(300).collect();
    RestError::Refused { what: what.to_owned(), status, code, message }
}

impl Answer {
    pub(super) fn json<T: DeserializeOwned>(&self, what: &str, url: &str) -> Result<T, RestError> {
        // Only the place of the fault: the text could hold a new key's secret.
        serde_json::from_slice(&self.body).map_err(|error| RestError::Unreadable {
            what: what.to_owned(),
            host: host(url),
            why: format!("unexpected JSON at line {}, column {}", error.line(), error.column()),
        })
    }
}

fn host(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split('/').next().unwrap_or(rest).to_owned()
}

/// From 0 to 1.
fn chance() -> f64 {
    getrandom::u32().map_or(0.5, |number| f64::from(number) / f64::from(u32::MAX))
}
