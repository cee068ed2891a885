//! An emulator and a client of its REST API.

use emulator::{Account, Config, Emulator, Number};
use reqwest::{Client, Method, Response};
use serde_json::Value;

pub(crate) const LINE: &str = "+815031234567";
pub(crate) const OTHER: &str = "+12025550143";
pub(crate) const VERIFIED: &str = "+819011112222";

pub(crate) struct World {
    pub(crate) emulator: Emulator,
    pub(crate) account: Account,
    pub(crate) user: String,
    pub(crate) password: String,
}

/// An answer of the API.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) body: Value,
}

impl Reply {
    /// Status and error code, after a look at the shape that all errors have.
    pub(crate) fn error(&self) -> (u16, u64) {
        let code = self.body["code"].as_u64().unwrap();
        assert_eq!(self.body["status"], self.status);
        assert_eq!(self.body["more_info"], format!("https://www.twilio.com/docs/errors/{code}"));
        assert!(!self.body["message"].as_str().unwrap().is_empty());
        (self.status, code)
    }
}

impl World {
    pub(crate) async fn start() -> Self {
        Self::with(|_| {}).await
    }

    pub(crate) async fn with(change: impl FnOnce(&mut Account)) -> Self {
        let number = |phone_number: &str| Number { phone_number: phone_number.into(), ..Number::default() };
        let mut account = Account {
            secondary_auth_token: Some("fedcba9876543210fedcba9876543210".into()),
            numbers: vec![number(LINE), number(OTHER)],
            outgoing_caller_ids: vec![VERIFIED.into()],
            ..Account::default()
        };
        change(&mut account);
        let config = Config { account: account.clone(), ..Config::default() };
        Self {
            emulator: Emulator::start(config).await.unwrap(),
            user: account.sid.clone(),
            password: account.auth_token.clone(),
            account,
        }
    }

    /// The same emulator with other credentials.
    pub(crate) fn sign_in(&mut self, user: &str, password: &str) {
        (self.user, self.password) = (user.into(), password.into());
    }

    /// A path below the account's.
    pub(crate) fn path(&self, rest: &str) -> String {
        format!("/2010-04-01/Accounts/{}{rest}", self.account.sid)
    }

    pub(crate) async fn send(&self, method: Method, path: &str, form: &[(&str, &str)]) -> Response {
        let url = format!("{}{path}", self.emulator.url());
        let request = Client::new().request(method, url).basic_auth(&self.user, Some(&self.password));
        let request = if form.is_empty() { request } else { request.form(form) };
        request.send().await.unwrap()
    }

    pub(crate) async fn get(&self, path: &str) -> Reply {
        read(self.send(Method::GET, path, &[]).await).await
    }

    pub(crate) async fn post(&self, path: &str, form: &[(&str, &str)]) -> Reply {
        read(self.send(Method::POST, path, form).await).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Reply {
        read(self.send(Method::DELETE, path, &[]).await).await
    }
}

pub(crate) async fn read(response: Response) -> Reply {
    let status = response.status().as_u16();
    Reply { status, body: serde_json::from_str(&response.text().await.unwrap()).unwrap_or_default() }
}

/// The texts of one field of a list.
pub(crate) fn texts(list: &Value, field: &str) -> Vec<String> {
    list.as_array().unwrap().iter().map(|item| item[field].as_str().unwrap().to_owned()).collect()
}
