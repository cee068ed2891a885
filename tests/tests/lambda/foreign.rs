//! Events that are none of ours, and what is left of events.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use e2e::lambda::event::{Answered, Asked, Format};
use e2e::lambda::instance::{Instance, TIME_LIMIT};
use e2e::lambda::runtime_api::Outcome;
use e2e::lambda::site::{PUBLIC_URL, Site};
use http::Method;
use serde_json::{Value, json};

/// The function is well after whatever it was.
async fn is_well(instance: &Instance) -> Result<()> {
    let health = instance.ask(Format::V2, &Asked::new(Method::GET, "/prod/healthz")).await?;
    ensure!(health.status == 200, "{health:?}");
    Ok(())
}

#[tokio::test]
async fn an_event_of_another_kind_is_refused_by_its_name() -> Result<()> {
    let site = Site::new(PUBLIC_URL).await?;
    let instance = site.instance("")?;
    for (event, says) in [
        (json!({ "Records": [{ "eventSource": "aws:sqs", "body": "geheim" }] }), "SQS"),
        (json!({ "Records": [{ "EventSource": "aws:sns", "Sns": { "Message": "geheim" } }] }), "SNS"),
        (json!({ "Records": [{ "eventSource": "aws:s3" }] }), "S3"),
        (json!({ "Records": [{ "eventSource": "aws:kinesis" }] }), "stream"),
        (
            json!({ "requestContext": { "elb": { "targetGroupArn": "arn:x" } }, "httpMethod": "GET", "path": "/prod/healthz" }),
            "ALB",
        ),
        (json!({ "source": "aws.events", "detail-type": "Scheduled Event", "detail": {} }), "schedule"),
        (json!({ "source": "aws.ec2", "detail-type": "EC2 State Change", "detail": {} }), "EventBridge"),
        (json!({ "requestContext": { "connectionId": "x", "eventType": "CONNECT" } }), "WebSocket"),
        (json!({ "type": "REQUEST", "methodArn": "arn:x" }), "authorizer"),
        (json!({}), "no event of API Gateway"),
        (json!([]), "no event of API Gateway"),
        (json!("ping"), "no event of API Gateway"),
        (json!(null), "no event of API Gateway"),
    ] {
        let outcome = instance.invoke(event.to_string(), TIME_LIMIT).await?;
        let Outcome::Error(error) = outcome else { anyhow::bail!("{event} was answered: {outcome:?}") };
        let words = error["errorMessage"].as_str().context("no words")?;
        ensure!(words.contains(says) && words.contains("API Gateway only"), "{event}: {words}");
        ensure!(error["errorType"] == "Sidetone.ForeignEvent", "{error}");
        is_well(&instance).await?;
    }
    ensure!(!instance.log().contains("geheim"), "{}", instance.log());
    Ok(())
}

#[tokio::test]
async fn what_is_cut_off_or_not_what_it_must_be_stops_nothing() -> Result<()> {
    let site = Site::new(PUBLIC_URL).await?;
    let instance = site.instance("")?;
    for format in [Format::V1, Format::V2] {
        let whole = site.call_incoming("CA00000000000000000000000000000001").event(format)?;
        let text = whole.to_string();
        for part in [1, text.len() / 3, text.len() - 1] {
            let outcome = instance.invoke(text[..part].to_owned(), TIME_LIMIT).await?;
            ensure!(matches!(&outcome, Outcome::Error(_)), "{part} bytes: {outcome:?}");
        }
        // Whatever is in the place of whatever.
        let mut pointers = Vec::new();
        find(&whole, "", &mut pointers);
        ensure!(pointers.len() > 30, "{} places", pointers.len());
        for pointer in pointers {
            for other in [Value::Null, json!(7), json!("é\u{0}\n"), json!({ "a": [] }), json!([[]])] {
                let mut event = whole.clone();
                *event.pointer_mut(&pointer).context("a place")? = other;
                match instance.invoke(event.to_string(), TIME_LIMIT).await? {
                    Outcome::Answer(answer) => {
                        drop(Answered::read(format, &answer).with_context(|| pointer.clone())?)
                    }
                    Outcome::Error(error) => {
                        let words = error["errorMessage"].as_str().unwrap_or_default();
                        let is_named = words.contains("is not whole") || words.contains("API Gateway only");
                        ensure!(is_named, "{pointer}: {error}");
                    }
                }
            }
        }
        is_well(&instance).await?;
    }
    ensure!(!instance.log().contains("panicked"), "{}", instance.log());
    Ok(())
}

/// Every value in it, by its pointer.
fn find(value: &Value, pointer: &str, pointers: &mut Vec<String>) {
    let mut below = |name: &str, value: &Value| {
        let pointer = format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"));
        pointers.push(pointer.clone());
        find(value, &pointer, pointers);
    };
    match value {
        Value::Object(map) => map.iter().for_each(|(name, value)| below(name, value)),
        Value::Array(list) => list.iter().enumerate().for_each(|(n, value)| below(&n.to_string(), value)),
        _ => {}
    }
}

#[tokio::test]
async fn a_body_that_is_not_what_it_is_said_to_be_is_refused_in_words() -> Result<()> {
    let site = Site::new(PUBLIC_URL).await?;
    let instance = site.instance("")?;
    for format in [Format::V1, Format::V2] {
        let mut event = site.call_incoming("CA00000000000000000000000000000001").event(format)?;
        event["isBase64Encoded"] = true.into();
        for body in ["no base64!", "VG89", "QQ"] {
            event["body"] = body.into();
            let Outcome::Answer(answer) = instance.invoke(event.to_string(), Duration::from_secs(5)).await?
            else {
                anyhow::bail!("{body} is no fault of AWS's");
            };
            let answered = Answered::read(format, &answer)?;
            let expected = if body == "VG89" { (403, "X-Twilio-Signature") } else { (400, "base64") };
            ensure!(
                answered.status == expected.0 && answered.text().contains(expected.1),
                "{body}: {answered:?}"
            );
        }
        let large = Site::sign_in(&"x".repeat(70_000));
        let answered = instance.ask(format, &large).await?;
        ensure!(answered.status == 413, "{answered:?}");
    }
    Ok(())
}
