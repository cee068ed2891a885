use reqwest::header;
use shared::api::paths;

use crate::helpers::{CHILD, LINE, OTHER_LINE, PARENT, TestApp, refused, settings, sign};

#[tokio::test]
async fn the_caller_id_is_the_lines_own_whatever_the_browser_wishes() {
    let app = TestApp::start().await;
    let from = format!("client:{}", app.line.client_name);
    let twiml = app
        .twiml(
            paths::CALL_OUTGOING,
            &[
                ("CallSid", PARENT),
                ("From", &from),
                ("To", "090-5987-6543"),
                ("Called", ""),
                ("callerId", OTHER_LINE),
                ("CallerId", OTHER_LINE),
                ("client_name", &app.other_line.client_name),
            ],
        )
        .await;
    for part in [
        format!("callerId=\"{LINE}\""),
        "answerOnBridge=\"true\"".into(),
        format!("action=\"{}\"", app.url(paths::DIAL_ACTION)),
        format!("statusCallback=\"{}\"", app.url(paths::CALL_STATUS)),
        ">+819059876543</Number>".into(),
    ] {
        assert!(twiml.contains(&part), "{part} is missing in {twiml}");
    }
    assert!(!twiml.contains(OTHER_LINE));
}

#[tokio::test]
async fn another_line_is_dialled_as_a_client() {
    let app = TestApp::start().await;
    let from = format!("client:{}", app.line.client_name);
    let params = [("CallSid", PARENT), ("From", from.as_str()), ("To", OTHER_LINE)];
    let twiml = app.twiml(paths::CALL_OUTGOING, &params).await;
    assert!(twiml.contains(&format!(">{}</Client>", app.other_line.client_name)), "{twiml}");
    assert!(twiml.contains(&format!("callerId=\"{LINE}\"")), "{twiml}");
}

#[tokio::test]
async fn what_cannot_be_dialled_is_refused_in_words_and_in_the_log() {
    let app = TestApp::start().await;
    let cookie = app.session_of(LINE).await;
    let from = format!("client:{}", app.line.client_name);
    let long = "1".repeat(10_000);
    let wishes = [
        ("+819012", "invalid_number"),
        ("<script>alert(1)</script>", "invalid_number"),
        ("", "invalid_number"),
        (&long, "invalid_number"),
        ("050-3123-4567", "own_number"),
        ("119", "emergency_number"),
    ];
    for (i, (wish, reason)) in wishes.into_iter().enumerate() {
        let sid = format!("CA{i:032x}");
        let attempt = format!("AT{i:032x}");
        let params = [("CallSid", sid.as_str()), ("From", &from), ("To", wish), ("Attempt", &attempt)];
        let twiml = app.twiml(paths::CALL_OUTGOING, &params).await;
        assert!(
            twiml.contains("<Say>") && twiml.contains("<Hangup/>") && !twiml.contains("<Dial"),
            "{twiml}"
        );
        let record = app.call(&cookie, &sid).await;
        assert_eq!(record["outcome"]["status"], "refused");
        assert_eq!(record["outcome"]["reason"], reason, "{wish:.40}");
        assert!(record["peer"].as_str().unwrap().len() <= 40);
    }
    for from in ["client:nobody", "client:", "+819059876543", ""] {
        let params = [("CallSid", PARENT), ("From", from), ("To", "+819059876543")];
        let twiml = app.twiml(paths::CALL_OUTGOING, &params).await;
        assert!(!twiml.contains("<Dial"), "{from}: {twiml}");
    }
}

#[tokio::test]
async fn a_call_to_a_lines_number_rings_its_client() {
    let app = TestApp::start().await;
    let params = [("CallSid", PARENT), ("From", "+819059876543"), ("To", LINE)];
    let twiml = app.twiml(paths::CALL_INCOMING, &params).await;
    assert!(twiml.contains(&format!(">{}</Client>", app.line.client_name)), "{twiml}");
    assert!(!twiml.contains("callerId"), "the caller's own number is shown: {twiml}");

    let params = [("CallSid", PARENT), ("From", "+819059876543"), ("To", "+819059876544")];
    let twiml = app.twiml(paths::CALL_INCOMING, &params).await;
    assert!(twiml.contains("<Say>") && !twiml.contains("<Dial"), "{twiml}");
}

#[tokio::test]
async fn get_is_signed_with_its_query() {
    let app = TestApp::start().await;
    let query = format!("CallSid={PARENT}&From=%2B819059876543&To=%2B815031234567");
    let url = format!("{}?{query}", app.url(paths::CALL_INCOMING));
    let signed = app.client.get(&url).header("X-Twilio-Signature", sign(&url, &[]));
    let twiml = signed.send().await.unwrap().text().await.unwrap();
    assert!(twiml.contains(&app.line.client_name), "{twiml}");

    let other = url.replace("4567", "4568");
    let replayed = app.client.get(&other).header("X-Twilio-Signature", sign(&url, &[]));
    refused(replayed.send().await.unwrap(), 403, "forbidden").await;
}

#[tokio::test]
async fn forged_missing_and_replayed_signatures_change_nothing() {
    let app = TestApp::start().await;
    let cookie = app.session_of(LINE).await;
    let params = [
        ("CallSid", PARENT),
        ("From", "+819059876543"),
        ("To", LINE),
        ("DialCallSid", CHILD),
        ("DialCallStatus", "completed"),
    ];
    for path in [paths::CALL_INCOMING, paths::CALL_OUTGOING, paths::DIAL_ACTION, paths::CALL_STATUS] {
        refused(app.posted(path, &params).send().await.unwrap(), 403, "forbidden").await;
        for signature in
            ["", "nonsense", "YWFhYWFhYWFhYWFhYWFhYWFhYWE=", &sign(&app.url("twilio/other"), &params)]
        {
            let forged = app.posted(path, &params).header("X-Twilio-Signature", signature);
            refused(forged.send().await.unwrap(), 403, "forbidden").await;
        }
        let signature = sign(&app.url(path), &params[1..]);
        let changed = app.posted(path, &params).header("X-Twilio-Signature", signature);
        refused(changed.send().await.unwrap(), 403, "forbidden").await;
    }
    let call = app.get(&format!("{}/{PARENT}", paths::CALLS), &cookie).await;
    refused(call, 404, "not_found").await;
}

#[tokio::test]
async fn the_public_url_is_what_was_signed_not_the_host_header() {
    let mut settings = settings();
    settings.public_url = backend::config::PublicUrl::parse("https://phone.example.com/prod").unwrap();
    let app = TestApp::start_with(settings).await;
    let params = [("CallSid", PARENT), ("From", "+819059876543"), ("To", LINE)];
    let signature = sign("https://phone.example.com/prod/twilio/retrieve_twiml/call_incoming", &params);
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(params).finish();
    for prefix in ["", "/prod"] {
        let url = format!("http://{}{prefix}/{}", app.server.address(), paths::CALL_INCOMING);
        let request = app
            .client
            .post(url)
            .header("X-Twilio-Signature", &signature)
            .header(header::HOST, "evil.example")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(body.clone());
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), 200, "{prefix}");
        let twiml = response.text().await.unwrap();
        assert!(twiml.contains("action=\"https://phone.example.com/prod/twilio/dial_action\""), "{twiml}");
    }
}
