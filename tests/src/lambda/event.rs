//! Requests as API Gateway tells them, and what it makes of the answers, in AWS's own types.

use std::collections::HashMap;

use anyhow::{Context, Result, bail};
use aws_lambda_events::apigw::{
    ApiGatewayProxyRequest, ApiGatewayProxyResponse, ApiGatewayV2httpRequest, ApiGatewayV2httpResponse,
};
use aws_lambda_events::encodings::Body;
use base64::{Engine, prelude::BASE64_STANDARD};
use http::{HeaderMap, Method};
use serde_json::{Value, json};

/// Of the event, not of the API.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Format {
    V1,
    V2,
}

/// A request that reaches API Gateway.
#[derive(Clone, Debug)]
pub struct Asked {
    pub method: Method,
    /// As the client wrote it, with the stage where there is one, and the query.
    pub address: String,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
    pub source_ip: String,
    /// `$default` for none.
    pub stage: String,
}

/// What the client gets.
#[derive(Debug)]
pub struct Answered {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Asked {
    pub fn new(method: Method, address: &str) -> Self {
        Self {
            method,
            address: address.to_owned(),
            headers: HeaderMap::new(),
            body: Vec::new(),
            source_ip: "203.0.113.9".to_owned(),
            stage: "prod".to_owned(),
        }
    }

    /// # Panics
    /// The header is none.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers.append(name, value.parse().expect("a header"));
        self
    }

    /// A form post.
    #[must_use]
    pub fn form(mut self, form: &[(String, String)]) -> Self {
        self.body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish().into();
        self.with("content-type", "application/x-www-form-urlencoded")
    }

    #[must_use]
    pub fn json(mut self, body: &Value) -> Self {
        self.body = body.to_string().into();
        self.with("content-type", "application/json")
    }

    /// The event. It has been through AWS's types, so that it has their shape.
    pub fn event(&self, format: Format) -> Result<Value> {
        match format {
            Format::V1 => self.v1(),
            Format::V2 => self.v2(),
        }
    }

    fn path_and_query(&self) -> (String, &str) {
        let (path, query) = self.address.split_once('?').unwrap_or((&self.address, ""));
        // API Gateway decodes the path.
        (percent_decoded(path), query)
    }

    /// Of the binary ones all but what is sure to be text; a form is not, says AWS.
    fn body(&self, is_text: impl Fn(&str) -> bool) -> (Option<String>, bool) {
        let content_type =
            self.headers.get("content-type").and_then(|value| value.to_str().ok()).unwrap_or_default();
        match String::from_utf8(self.body.clone()) {
            Ok(text) if text.is_empty() => (None, false),
            Ok(text) if is_text(content_type) => (Some(text), false),
            _ => (Some(BASE64_STANDARD.encode(&self.body)), true),
        }
    }

    fn v2(&self) -> Result<Value> {
        let (path, query) = self.path_and_query();
        let (body, is_base64) = self.body(|content_type| {
            content_type.starts_with("text/")
                || ["application/json", "application/xml", "application/javascript"].contains(&content_type)
        });
        let mut headers = HashMap::new();
        let mut cookies: Vec<String> = Vec::new();
        for name in self.headers.keys() {
            let values = self.headers.get_all(name).iter().filter_map(|value| value.to_str().ok());
            if name == "cookie" {
                cookies.extend(values.flat_map(|value| value.split("; ")).map(str::to_owned));
            } else {
                headers.insert(name.as_str(), values.collect::<Vec<_>>().join(","));
            }
        }
        let event = json!({
            "version": "2.0",
            "routeKey": "$default",
            "rawPath": path,
            "rawQueryString": query,
            "cookies": cookies,
            "headers": headers,
            "requestContext": {
                "accountId": "123456789012",
                "apiId": "a1b2c3",
                "domainName": "a1b2c3.execute-api.us-east-1.amazonaws.com",
                "domainPrefix": "a1b2c3",
                "http": {
                    "method": self.method.as_str(),
                    "path": path,
                    "protocol": "HTTP/1.1",
                    "sourceIp": self.source_ip,
                    "userAgent": "agent",
                },
                "requestId": "JKJaXmPLvHcESHA=",
                "routeKey": "$default",
                "stage": self.stage,
                "time": "12/Mar/2020:19:03:58 +0000",
                "timeEpoch": 1_583_348_638_390_i64,
            },
            "body": body,
            "isBase64Encoded": is_base64,
        });
        let typed: ApiGatewayV2httpRequest = serde_json::from_value(event)?;
        Ok(serde_json::to_value(typed)?)
    }

    fn v1(&self) -> Result<Value> {
        let (path, query) = self.path_and_query();
        let (body, is_base64) = self.body(|_| true);
        let mut single = HashMap::new();
        let mut several: HashMap<_, Vec<_>> = HashMap::new();
        for (name, value) in &self.headers {
            single.insert(name.as_str(), value.to_str()?);
            several.entry(name.as_str()).or_default().push(value.to_str()?);
        }
        let mut parameters: HashMap<String, Vec<String>> = HashMap::new();
        for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
            parameters.entry(name.into_owned()).or_default().push(value.into_owned());
        }
        let last: HashMap<_, _> = parameters.iter().map(|(name, values)| (name, values.last())).collect();
        let without_stage = path.strip_prefix(&format!("/{}", self.stage)).unwrap_or(&path);
        let event = json!({
            "resource": "/{proxy+}",
            "path": without_stage,
            "httpMethod": self.method.as_str(),
            "headers": single,
            "multiValueHeaders": several,
            "queryStringParameters": last,
            "multiValueQueryStringParameters": parameters,
            "pathParameters": { "proxy": without_stage.trim_start_matches('/') },
            "stageVariables": null,
            "requestContext": {
                "accountId": "123456789012",
                "apiId": "a1b2c3",
                "resourceId": "123456",
                "resourcePath": "/{proxy+}",
                "domainName": "a1b2c3.execute-api.us-east-1.amazonaws.com",
                "httpMethod": self.method.as_str(),
                "path": path,
                "protocol": "HTTP/1.1",
                "requestId": "c6af9ac6-7b61-11e6-9a41-93e8deadbeef",
                "requestTimeEpoch": 1_428_582_896_000_i64,
                "stage": self.stage,
                "identity": { "sourceIp": self.source_ip, "userAgent": "agent" },
            },
            "body": body,
            "isBase64Encoded": is_base64,
        });
        let typed: ApiGatewayProxyRequest = serde_json::from_value(event)?;
        Ok(serde_json::to_value(typed)?)
    }
}

impl Answered {
    /// What API Gateway makes of an answer of this format.
    pub fn read(format: Format, answer: &Value) -> Result<Self> {
        let (status, headers, body, is_base64) = match format {
            Format::V1 => {
                let typed: ApiGatewayProxyResponse = serde_json::from_value(answer.clone())?;
                (typed.status_code, typed.multi_value_headers, typed.body, typed.is_base64_encoded)
            }
            Format::V2 => {
                let typed: ApiGatewayV2httpResponse = serde_json::from_value(answer.clone())?;
                let mut headers = typed.headers;
                for cookie in typed.cookies {
                    headers.append("set-cookie", cookie.parse()?);
                }
                (typed.status_code, headers, typed.body, typed.is_base64_encoded)
            }
        };
        let body = match body.context("an answer without a body")? {
            Body::Empty => Vec::new(),
            Body::Text(text) if is_base64 => BASE64_STANDARD.decode(text)?,
            Body::Text(text) => text.into(),
            Body::Binary(bytes) => bytes,
            other => bail!("a body of another kind: {other:?}"),
        };
        let status = u16::try_from(status)?;
        Ok(Self { status, headers, body })
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The first value of a header.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

fn percent_decoded(path: &str) -> String {
    url::form_urlencoded::parse(path.replace('+', "%2B").as_bytes())
        .map(|(name, _)| name.into_owned())
        .collect()
}
