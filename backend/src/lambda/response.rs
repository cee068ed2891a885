//! From the app's answer to what API Gateway makes one of.

use std::collections::BTreeMap;

use actix_web::{
    http::{
        StatusCode,
        header::{
            CONNECTION, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, SET_COOKIE,
            TRANSFER_ENCODING,
        },
    },
    web::Bytes,
};
use base64::{Engine, prelude::BASE64_STANDARD};
use serde_json::{Map, Value, json};

use super::event::Format;

/// The answer in the words of the format.
pub(super) fn response(format: Format, status: StatusCode, headers: &HeaderMap, body: Bytes) -> Value {
    let (body, is_base64) = match text(headers, &body) {
        Some(text) => (text.to_owned(), false),
        None => (BASE64_STANDARD.encode(&body), true),
    };
    let mut answer = json!({ "statusCode": status.as_u16(), "body": body, "isBase64Encoded": is_base64 });
    let mut values: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (name, value) in headers {
        // Of the connection, which is API Gateway's.
        if ![CONNECTION, TRANSFER_ENCODING, CONTENT_LENGTH].contains(name) {
            let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
            values.entry(name.as_str()).or_default().push(value);
        }
    }
    match format {
        Format::V1 => answer["multiValueHeaders"] = json!(values),
        Format::V2 => {
            answer["cookies"] = json!(values.remove(SET_COOKIE.as_str()).unwrap_or_default());
            let joined = values.into_iter().map(|(name, values)| (name.to_owned(), values.join(", ").into()));
            answer["headers"] = Value::Object(joined.collect::<Map<_, _>>());
        }
    }
    answer
}

/// The body where it is text that can be in JSON as it is.
fn text<'b>(headers: &HeaderMap, body: &'b [u8]) -> Option<&'b str> {
    let content_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let is_text =
        body.is_empty() || content_type.starts_with("text/") || content_type.starts_with("application/json");
    if !is_text || headers.contains_key(CONTENT_ENCODING) {
        return None;
    }
    std::str::from_utf8(body).ok()
}
