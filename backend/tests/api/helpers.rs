//! A server of one's own for every test, and Twilio's part played by hand.

use std::{fs, path::Path, sync::Arc};

use backend::{
    config::{Database, PublicUrl, Settings},
    http::Server,
    lines::Line,
    page_source::PageSource,
    sign_in::passcode,
    store::{self, Store},
    twilio::{
        Credentials,
        sid::{AccountSid, ApiKeySid, ApplicationSid},
    },
};
use base64::{Engine, prelude::BASE64_STANDARD};
use reqwest::{Client, RequestBuilder, Response, header};
use secrecy::SecretString;
use serde_json::{Value, json};
use shared::{PhoneNumber, api::paths};

use crate::databases;

pub(crate) const AUTH_TOKEN: &str = "0123456789abcdef0123456789abcdef";
pub(crate) const API_KEY_SECRET: &str = "abcdefghijklmnopqrstuvwxyz012345";
pub(crate) const PASSCODE: &str = "correct horse";
pub(crate) const LINE: &str = "+815031234567";
pub(crate) const OTHER_LINE: &str = "+12025550143";
pub(crate) const PARENT: &str = "CA00000000000000000000000000000001";
pub(crate) const CHILD: &str = "CA00000000000000000000000000000002";

pub(crate) struct TestApp {
    pub(crate) server: Server,
    pub(crate) client: Client,
    pub(crate) line: Line,
    pub(crate) other_line: Line,
}

pub(crate) fn settings() -> Settings {
    let twilio = Credentials {
        account_sid: AccountSid::parse("AC00000000000000000000000000000001").unwrap(),
        auth_token: SecretString::from(AUTH_TOKEN.to_owned()),
        auth_token_secondary: None,
        api_key_sid: ApiKeySid::parse("SK00000000000000000000000000000001").unwrap(),
        api_key_secret: SecretString::from(API_KEY_SECRET.to_owned()),
        application_sid: ApplicationSid::parse("AP00000000000000000000000000000001").unwrap(),
    };
    let public_url = PublicUrl::parse("http://localhost:0").unwrap();
    let mut settings = Settings::new(public_url, Database::Memory, twilio);
    settings.bind.set_port(0);
    settings.page = PageSource::Folder("no/such/folder".into());
    settings
}

/// The page of a folder, there and inside the program.
pub(crate) fn pages(folder: &Path) -> [PageSource; 2] {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name: &'static str = path.file_name().unwrap().to_str().unwrap().to_owned().leak();
        files.push((name, &*fs::read(&path).unwrap().leak()));
    }
    files.sort_unstable();
    [PageSource::Folder(folder.to_owned()), PageSource::Inside(files.leak())]
}

impl TestApp {
    pub(crate) async fn start() -> Self {
        Self::start_with(settings()).await
    }

    pub(crate) async fn start_with(settings: Settings) -> Self {
        let database = databases::chosen(&settings.database).await;
        let store = store::open(&database).await.unwrap();
        Self::start_with_store(settings, store).await
    }

    pub(crate) async fn start_with_store(settings: Settings, store: Arc<dyn Store>) -> Self {
        let hash = passcode::hash(&SecretString::from(PASSCODE.to_owned())).unwrap();
        for number in [LINE, OTHER_LINE] {
            let number = PhoneNumber::from_e164(number).unwrap();
            store.add_line(&Line::new(number, String::new(), hash.clone()).unwrap()).await.unwrap();
        }
        Self::beside(settings, store).await
    }

    /// On a store that has the lines.
    pub(crate) async fn beside(settings: Settings, store: Arc<dyn Store>) -> Self {
        let lines = store.lines().await.unwrap();
        let line = |number| lines.iter().find(|line| line.phone_number.as_str() == number).unwrap().clone();
        let (line, other_line) = (line(LINE), line(OTHER_LINE));
        let server = Server::start_with_store(settings, store).await.unwrap();
        let client = Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .default_headers(own_page())
            .build()
            .unwrap();
        Self { server, client, line, other_line }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        self.server.url(path)
    }

    pub(crate) async fn sign_in(&self, number: &str, passcode: &str) -> Response {
        self.post_json(paths::SESSION, &json!({"phone_number": number, "passcode": passcode})).await
    }

    /// Signs in and returns the `Cookie` header.
    pub(crate) async fn session_of(&self, number: &str) -> String {
        let response = self.sign_in(number, PASSCODE).await;
        assert_eq!(response.status(), 200);
        let cookie = response.headers()[header::SET_COOKIE].to_str().unwrap();
        cookie.split(';').next().unwrap().to_owned()
    }

    /// Signs in from a browser that sends these cookies, by this name; returns its cookies, the session first.
    pub(crate) async fn sign_in_from(
        &self,
        number: &str,
        cookies: &str,
        user_agent: &str,
    ) -> (u16, Vec<String>) {
        let request = self.client.post(self.url(paths::SESSION)).header(header::COOKIE, cookies);
        let body = json!({"phone_number": number, "passcode": PASSCODE}).to_string();
        let request =
            request.header(header::USER_AGENT, user_agent).header(header::CONTENT_TYPE, "application/json");
        let response = request.body(body).send().await.unwrap();
        (response.status().as_u16(), cookies_of(&response))
    }

    /// POSTs JSON with a `Cookie` header.
    pub(crate) async fn post_as(&self, cookie: &str, path: &str, body: &Value) -> Response {
        let request = self.client.post(self.url(path)).header(header::CONTENT_TYPE, "application/json");
        request.header(header::COOKIE, cookie).body(body.to_string()).send().await.unwrap()
    }

    pub(crate) async fn delete_as(&self, cookie: &str, path: &str) -> Response {
        self.client.delete(self.url(path)).header(header::COOKIE, cookie).send().await.unwrap()
    }

    /// Kind and detail of every audit entry of a line.
    pub(crate) async fn audit(&self, number: &str) -> Vec<(String, String)> {
        let number = PhoneNumber::from_e164(number).unwrap();
        let entries = self.server.store().audit(0, Some(&number)).await.unwrap();
        entries.into_iter().map(|entry| (entry.kind, entry.detail)).collect()
    }

    /// The same, as soon as it is so: what was refused is written meanwhile.
    pub(crate) async fn audit_when(
        &self,
        number: &str,
        so: impl Fn(&[(String, String)]) -> bool,
    ) -> Vec<(String, String)> {
        let wait = async {
            loop {
                let log = self.audit(number).await;
                if so(&log) {
                    return log;
                }
                tokio::time::sleep(std::time::Duration::from_millis(20)).await;
            }
        };
        let log = tokio::time::timeout(std::time::Duration::from_secs(30), wait).await;
        log.unwrap()
    }

    pub(crate) async fn post_json(&self, path: &str, body: &Value) -> Response {
        let request = self.client.post(self.url(path)).header(header::CONTENT_TYPE, "application/json");
        request.body(body.to_string()).send().await.unwrap()
    }

    pub(crate) async fn get(&self, path: &str, cookie: &str) -> Response {
        self.client.get(self.url(path)).header(header::COOKIE, cookie).send().await.unwrap()
    }

    /// A form as Twilio posts it, signed for `path`.
    pub(crate) fn twilio(&self, path: &str, params: &[(&str, &str)]) -> RequestBuilder {
        self.posted(path, params).header("X-Twilio-Signature", sign(&self.url(path), params))
    }

    /// A form that nobody signed.
    pub(crate) fn posted(&self, path: &str, params: &[(&str, &str)]) -> RequestBuilder {
        let mut form = url::form_urlencoded::Serializer::new(String::new());
        form.extend_pairs(params);
        self.client
            .post(self.url(path))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded; charset=UTF-8")
            .body(form.finish())
    }

    /// Sends it and returns the TwiML.
    pub(crate) async fn twiml(&self, path: &str, params: &[(&str, &str)]) -> String {
        let response = self.twilio(path, params).send().await.unwrap();
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()[header::CONTENT_TYPE], "text/xml; charset=utf-8");
        response.text().await.unwrap()
    }

    /// The record of a call as the line's softphone reads it.
    pub(crate) async fn call(&self, cookie: &str, call_sid: &str) -> Value {
        let response = self.get(&format!("{}/{call_sid}", paths::CALLS), cookie).await;
        assert_eq!(response.status(), 200);
        serde_json::from_str(&response.text().await.unwrap()).unwrap()
    }
}

/// Name and value of the cookies that an answer sets.
pub(crate) fn cookies_of(response: &Response) -> Vec<String> {
    let all = response.headers().get_all(header::SET_COOKIE).iter();
    all.map(|cookie| cookie.to_str().unwrap().split(';').next().unwrap().to_owned()).collect()
}

/// Twilio's signature, computed here once more.
pub(crate) fn sign(url: &str, params: &[(&str, &str)]) -> String {
    sign_with(AUTH_TOKEN, url, params)
}

pub(crate) fn sign_with(auth_token: &str, url: &str, params: &[(&str, &str)]) -> String {
    let mut sorted = params.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    let text = sorted.iter().fold(url.to_owned(), |text, (name, value)| text + name + value);
    let key =
        aws_lc_rs::hmac::Key::new(aws_lc_rs::hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, auth_token.as_bytes());
    BASE64_STANDARD.encode(aws_lc_rs::hmac::sign(&key, text.as_bytes()))
}

/// Asserts an error body and returns its message.
pub(crate) async fn refused(response: Response, status: u16, code: &str) -> String {
    let actual = response.status();
    let text = response.text().await.unwrap();
    assert_eq!(actual, status, "{text}");
    let body: Value = serde_json::from_str(&text).unwrap_or_else(|_| panic!("no JSON: {text}"));
    assert_eq!(body["code"], code, "{text}");
    body["message"].as_str().unwrap().to_owned()
}

/// What a browser says of requests that the phone's own page makes.
pub(crate) fn own_page() -> header::HeaderMap {
    let said =
        (header::HeaderName::from_static("sec-fetch-site"), header::HeaderValue::from_static("same-origin"));
    header::HeaderMap::from_iter([said])
}
