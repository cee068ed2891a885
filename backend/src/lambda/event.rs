//! What API Gateway says of a request: <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html>.

use std::fmt;

use serde_json::Value;
use thiserror::Error;

/// Of the format, not of the API: an HTTP API can be told to speak the REST APIs' format.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Format {
    V1,
    V2,
}

/// A request, as it is told. Borrowed from the event.
pub(super) struct Event<'e> {
    pub(super) format: Format,
    pub(super) method: &'e str,
    /// With the stage where the format has it.
    pub(super) path: &'e str,
    /// Without the question mark.
    pub(super) query: String,
    pub(super) headers: Vec<(&'e str, &'e str)>,
    pub(super) cookies: Vec<&'e str>,
    pub(super) body: &'e str,
    pub(super) is_base64: bool,
    /// The name of the stage; `$default` where the address has none.
    pub(super) stage: &'e str,
    /// Who is connected to API Gateway.
    pub(super) source_ip: &'e str,
}

/// Why an event is not answered. It goes to whoever sent it and to the log; no value of the event is in it.
#[derive(Debug, Error)]
pub(super) enum EventFault {
    #[error(
        "this is {0}, and sidetone answers requests of API Gateway only: let an HTTP API or a REST API (proxy integration) \
         invoke the function, and nothing else"
    )]
    Foreign(&'static str),
    #[error("the event of API Gateway is not whole: {0} is missing, or is not what it must be")]
    Unreadable(&'static str),
}

impl fmt::Debug for Event<'_> {
    /// Not what people say in it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} {} {}", self.format, self.method, self.path)
    }
}

/// Reads an event of API Gateway.
pub(super) fn read(event: &Value) -> Result<Event<'_>, EventFault> {
    let at = |pointer: &str| event.pointer(pointer).filter(|value| !value.is_null());
    let text = |pointer: &str| at(pointer).and_then(Value::as_str);
    if at("/requestContext/elb").is_some() {
        return Err(EventFault::Foreign("an event of a load balancer (ALB)"));
    }
    if at("/requestContext/http").is_some() {
        return v2(event);
    }
    if at("/httpMethod").is_some() && at("/requestContext").is_some() {
        return v1(event);
    }
    let record = text("/Records/0/eventSource").or_else(|| text("/Records/0/EventSource"));
    Err(EventFault::Foreign(match record {
        Some("aws:sqs") => "an event of SQS",
        Some("aws:sns") => "an event of SNS",
        Some("aws:s3") => "an event of S3",
        Some(_) => "an event of a queue or a stream",
        None if at("/requestContext/connectionId").is_some() => "an event of a WebSocket API",
        None if at("/methodArn").is_some() || at("/routeArn").is_some() => "a question to an authorizer",
        None if text("/source") == Some("aws.events") => "an event of a schedule",
        None if at("/detail-type").is_some() => "an event of EventBridge",
        None => "no event of API Gateway",
    }))
}

fn v2(event: &Value) -> Result<Event<'_>, EventFault> {
    let cookies = event.get("cookies").and_then(Value::as_array).into_iter().flatten();
    Ok(Event {
        format: Format::V2,
        method: text(event, "/requestContext/http/method")?,
        path: text(event, "/rawPath")?,
        query: optional(event, "/rawQueryString")?.to_owned(),
        headers: single(event, "/headers")?,
        cookies: cookies.filter_map(Value::as_str).collect(),
        body: optional(event, "/body")?,
        is_base64: flag(event, "/isBase64Encoded")?,
        stage: text(event, "/requestContext/stage")?,
        source_ip: optional(event, "/requestContext/http/sourceIp")?,
    })
}

fn v1(event: &Value) -> Result<Event<'_>, EventFault> {
    // Its own `path` has no stage; what the client has asked for does.
    let path = optional(event, "/requestContext/path")?;
    let headers = match several(event, "/multiValueHeaders")? {
        headers if headers.is_empty() => single(event, "/headers")?,
        headers => headers,
    };
    let parameters = match several(event, "/multiValueQueryStringParameters")? {
        parameters if parameters.is_empty() => single(event, "/queryStringParameters")?,
        parameters => parameters,
    };
    Ok(Event {
        format: Format::V1,
        method: text(event, "/httpMethod")?,
        path: if path.is_empty() { text(event, "/path")? } else { path },
        query: url::form_urlencoded::Serializer::new(String::new()).extend_pairs(parameters).finish(),
        headers,
        cookies: Vec::new(),
        body: optional(event, "/body")?,
        is_base64: flag(event, "/isBase64Encoded")?,
        stage: text(event, "/requestContext/stage")?,
        source_ip: optional(event, "/requestContext/identity/sourceIp")?,
    })
}

/// A text that is always there.
fn text<'e>(event: &'e Value, pointer: &'static str) -> Result<&'e str, EventFault> {
    event.pointer(pointer).and_then(Value::as_str).ok_or(EventFault::Unreadable(pointer))
}

/// A text that may be missing or null, and is empty then.
fn optional<'e>(event: &'e Value, pointer: &'static str) -> Result<&'e str, EventFault> {
    match event.pointer(pointer) {
        None | Some(Value::Null) => Ok(""),
        Some(value) => value.as_str().ok_or(EventFault::Unreadable(pointer)),
    }
}

fn flag(event: &Value, pointer: &'static str) -> Result<bool, EventFault> {
    match event.pointer(pointer) {
        None | Some(Value::Null) => Ok(false),
        Some(value) => value.as_bool().ok_or(EventFault::Unreadable(pointer)),
    }
}

/// Names with a value each.
fn single<'e>(event: &'e Value, pointer: &'static str) -> Result<Vec<(&'e str, &'e str)>, EventFault> {
    pairs(event, pointer, |value| value.as_str().map(|value| vec![value]))
}

/// Names with several values each.
fn several<'e>(event: &'e Value, pointer: &'static str) -> Result<Vec<(&'e str, &'e str)>, EventFault> {
    pairs(event, pointer, |values| values.as_array()?.iter().map(Value::as_str).collect())
}

fn pairs<'e>(
    event: &'e Value,
    pointer: &'static str,
    values: impl Fn(&'e Value) -> Option<Vec<&'e str>>,
) -> Result<Vec<(&'e str, &'e str)>, EventFault> {
    let map = match event.pointer(pointer) {
        None | Some(Value::Null) => return Ok(Vec::new()),
        Some(value) => value.as_object().ok_or(EventFault::Unreadable(pointer))?,
    };
    let mut pairs = Vec::new();
    for (name, value) in map {
        let values = values(value).ok_or(EventFault::Unreadable(pointer))?;
        pairs.extend(values.into_iter().map(|value| (name.as_str(), value)));
    }
    Ok(pairs)
}
