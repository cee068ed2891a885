//! Our server under a public URL, and requests to it byte for byte.

use std::{
    io::{Read, Write},
    net::TcpStream,
};

use backend::{
    config::{Database, PublicUrl, Settings},
    http::Server,
    twilio::{
        Credentials,
        sid::{AccountSid, ApiKeySid, ApplicationSid},
    },
};

use crate::cases::{Case, Kind};

pub(crate) const TOKEN: &str = "0123456789abcdef0123456789abcdef";
pub(crate) const SECONDARY: &str = "fedcba9876543210fedcba9876543210";

pub(crate) fn twilio() -> Credentials {
    Credentials {
        account_sid: AccountSid::parse("AC00000000000000000000000000000001").unwrap(),
        auth_token: TOKEN.to_owned().into(),
        auth_token_secondary: Some(SECONDARY.to_owned().into()),
        api_key_sid: ApiKeySid::parse("SK00000000000000000000000000000001").unwrap(),
        api_key_secret: "abcdefghijklmnopqrstuvwxyz012345".to_owned().into(),
        application_sid: ApplicationSid::parse("AP00000000000000000000000000000001").unwrap(),
    }
}

pub(crate) struct Site {
    server: Server,
    prefix: String,
}

impl Site {
    pub(crate) async fn start(public_url: &str) -> Self {
        let public_url = PublicUrl::parse(public_url).unwrap();
        let prefix = public_url.prefix().to_owned();
        let mut settings = Settings::new(public_url, Database::Memory, twilio());
        settings.bind.set_port(0);
        Self { server: Server::start(settings).await.unwrap(), prefix }
    }

    /// Whether the server takes the request for Twilio's.
    pub(crate) fn believes(&self, case: &Case, signature: &str) -> bool {
        let prefix = if case.keeps_prefix { &*self.prefix } else { "" };
        let query = case.query.as_ref().map(|query| format!("?{query}")).unwrap_or_default();
        let form =
            || url::form_urlencoded::Serializer::new(String::new()).extend_pairs(&case.params).finish();
        let (method, content_type, body) = match case.kind {
            Kind::Get => ("GET", None, String::new()),
            Kind::Form => ("POST", Some("application/x-www-form-urlencoded; charset=UTF-8"), form()),
            Kind::Json => ("POST", Some("application/json"), case.body.clone().unwrap_or_default()),
        };
        let content_type = content_type.map(|it| format!("Content-Type: {it}\r\n")).unwrap_or_default();
        let request = format!(
            "{method} {prefix}/{}{query} HTTP/1.1\r\nHost: behind.example\r\nConnection: close\r\n\
             X-Twilio-Signature: {signature}\r\n{content_type}Content-Length: {}\r\n\r\n{body}",
            case.path,
            body.len()
        );
        let mut socket = TcpStream::connect(self.server.address()).unwrap();
        socket.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        socket.read_to_string(&mut answer).unwrap();
        let status = answer.get(9..12).unwrap_or_default();
        match (case.kind, status) {
            (_, "403") => false,
            // Believed, but none of our addresses wants anything but a form.
            (Kind::Json, "415") | (Kind::Get | Kind::Form, "200" | "204") => true,
            _ => panic!("{answer}\nto: {request}"),
        }
    }
}
