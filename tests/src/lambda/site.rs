//! What an operator has who runs Sidetone on AWS: a configuration, a PostgreSQL database, a line in it.

use anyhow::{Context, Result};
use emulator::webhook::signature;
use http::Method;
use serde_json::json;
use shared::api::paths;

use super::database;
use super::event::{Asked, Format};
use super::instance::{BUILD, Instance, PROGRAM};
use crate::installation::{Installation, built};

pub const AUTH_TOKEN: &str = "0123456789abcdef0123456789abcdef";
pub const NUMBER: &str = "+12025550143";
pub const PASSCODE: &str = "correct horse battery";
/// As the parameters of the template have it.
pub const PUBLIC_URL: &str = "https://phone.example.com/prod";

pub struct Site {
    pub installation: Installation,
    pub database: String,
    public_url: String,
}

impl Site {
    /// With a line whose passcode is [`PASSCODE`].
    pub async fn new(public_url: &str) -> Result<Self> {
        let database = database::empty().await?;
        let mut installation = Installation::new(public_url, &[("SIDETONE_PASSCODE", PASSCODE)])?;
        installation.has_program(built(PROGRAM, BUILD)?);
        let settings = format!(
            "public_url = \"{public_url}\"\ndatabase = \"{database}\"\n[twilio]\n\
             account_sid = \"AC00000000000000000000000000000001\"\nauth_token = \"{AUTH_TOKEN}\"\n\
             api_key_sid = \"SK00000000000000000000000000000001\"\n\
             api_key_secret = \"abcdefghijklmnopqrstuvwxyz012345\"\n\
             application_sid = \"AP00000000000000000000000000000001\"\n"
        );
        std::fs::write(installation.path("sidetone.toml"), settings)?;
        installation.sidetone(&["line", "add", NUMBER]).await?.ok()?;
        Ok(Self { installation, database, public_url: public_url.to_owned() })
    }

    /// As the template has it, with this secret between CloudFront and the function.
    pub fn environment(&self, origin_verify: &str) -> Result<Vec<(String, String)>> {
        let text = std::fs::read_to_string(self.installation.path("sidetone.toml"))?;
        let pairs = [("SIDETONE_CONFIG_TEXT", text.as_str()), ("SIDETONE_ORIGIN_VERIFY", origin_verify)];
        Ok(pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).into())
    }

    pub fn instance(&self, origin_verify: &str) -> Result<Instance> {
        Instance::start(&self.installation.path(""), &self.environment(origin_verify)?)
    }

    /// Rows of the database.
    pub async fn rows(&self, sql: &str) -> Result<String> {
        database::ask(&self.database, sql).await
    }

    /// The line's client name at Twilio.
    pub async fn client_name(&self) -> Result<String> {
        self.rows("SELECT client_name FROM lines").await
    }

    /// A request of Twilio's, signed for the public URL; `address` is where it reaches API Gateway.
    pub fn signed(&self, address: &str, path: &str, form: &[(&str, &str)]) -> Asked {
        let form: Vec<_> =
            form.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let signature = signature(AUTH_TOKEN, &format!("{}/{path}", self.public_url), &form);
        Asked::new(Method::POST, &format!("{address}/{path}"))
            .form(&form)
            .with("x-twilio-signature", &signature)
    }

    /// Somebody calls the line.
    pub fn call_incoming(&self, call_sid: &str) -> Asked {
        let form =
            [("CallSid", call_sid), ("From", "+12125550166"), ("To", NUMBER), ("Direction", "inbound")];
        self.signed("/prod", paths::CALL_INCOMING, &form)
    }

    /// Somebody tries this passcode.
    pub fn sign_in(passcode: &str) -> Asked {
        Asked::new(Method::POST, &format!("/prod/{}", paths::SESSION))
            .with("sec-fetch-site", "same-origin")
            .json(&json!({ "phone_number": NUMBER, "passcode": passcode }))
    }

    /// The cookies of a browser in which the line is signed in.
    pub async fn signed_in(&self, instance: &Instance, format: Format) -> Result<String> {
        let answered = instance.ask(format, &Self::sign_in(PASSCODE)).await?;
        anyhow::ensure!(answered.status == 200, "{}: {}", answered.status, answered.text());
        let cookies = answered.headers.get_all("set-cookie").iter().map(|cookie| {
            let cookie = cookie.to_str()?.split(';').next().context("a cookie")?;
            anyhow::Ok(cookie.to_owned())
        });
        Ok(cookies.collect::<Result<Vec<_>>>()?.join("; "))
    }

    /// The softphone of the line wants an access token.
    pub fn token(cookies: &str) -> Asked {
        Asked::new(Method::POST, &format!("/prod/{}", paths::TOKEN))
            .with("sec-fetch-site", "same-origin")
            .with("cookie", cookies)
    }
}
