//! What a document makes of a call that nobody has answered yet.

use emulator::{CallStatus, EndReason, PhoneCallStatus};

use crate::world::{BUSY, LINE, OUTSIDE, PATIENCE, World, text};

const ANSWERED: [&str; 3] = ["ringing", "in-progress", "completed"];

/// A phone calls the line; what the line's document makes of it.
async fn phone_calls(world: &World, document: &str) -> (Vec<String>, EndReason) {
    world.application.twiml("/in", document);
    let call = world.emulator.phone(OUTSIDE).call(LINE).await.unwrap();
    let end = call.wait_ended(PATIENCE).await.unwrap();
    world.ended(call.sid()).await;
    (world.states(call.sid()), end)
}

#[actix_web::test]
async fn only_a_reject_leaves_a_caller_unanswered() {
    let world = World::start().await;
    world.application.twiml("/next", "<Hangup/>");
    for document in
        ["<Hangup/>", "", "<Pause/>", "<Redirect>/next</Redirect>", "<Hangup/><Reject/>", "<Say>a</Say>"]
    {
        let (states, end) = phone_calls(&world, document).await;
        assert_eq!(
            (states, end),
            (ANSWERED.map(str::to_owned).to_vec(), EndReason::RemoteHangUp),
            "{document}"
        );
    }
    for (document, state, why) in [
        ("<Reject/>", "no-answer", EndReason::NoAnswer),
        ("<Reject reason=\"rejected\"/>", "no-answer", EndReason::NoAnswer),
        ("<Reject reason=\"busy\"/>", "busy", EndReason::Busy),
    ] {
        let (states, end) = phone_calls(&world, document).await;
        assert_eq!((states, end), (vec!["ringing".to_owned(), state.to_owned()], why), "{document}");
    }
}

#[actix_web::test]
async fn a_browser_hears_of_the_answer_before_the_end() {
    let world = World::start().await;
    let mut browser = world.browser("alice").await;
    for document in ["<Hangup/>", ""] {
        world.application.twiml("/out", document);
        browser.dial("To=x").await;
        let answer = browser.expect("answer").await;
        let hangup = browser.expect("hangup").await;
        assert_eq!(hangup["callsid"], answer["callsid"]);
        assert!(hangup["error"].is_null());
        assert_eq!(world.ended(text(&answer, "callsid")).await, CallStatus::Completed);
    }
}

#[actix_web::test]
async fn a_dial_answers_its_caller_whatever_becomes_of_it() {
    let world = World::start().await;
    for dial in [
        format!("<Dial>{BUSY}</Dial>"),
        "<Dial>+15550109999</Dial>".into(),
        "<Dial>12</Dial>".into(),
        "<Dial><Client>nobody</Client></Dial>".into(),
        "<Dial/>".into(),
        format!("<Pause/><Dial>{BUSY}</Dial><Hangup/>"),
    ] {
        let (states, end) = phone_calls(&world, &dial).await;
        assert_eq!((states, end), (ANSWERED.map(str::to_owned).to_vec(), EndReason::RemoteHangUp), "{dial}");
    }
    // With answerOnBridge the caller gets what its callee was.
    for (dial, state, why) in [
        (format!("<Dial answerOnBridge=\"true\">{BUSY}</Dial>"), "busy", EndReason::Busy),
        (format!("<Dial answerOnBridge=\"true\">{BUSY}</Dial><Hangup/>"), "busy", EndReason::Busy),
        (
            "<Dial answerOnBridge=\"true\"><Client>nobody</Client></Dial>".into(),
            "no-answer",
            EndReason::NoAnswer,
        ),
    ] {
        let (states, end) = phone_calls(&world, &dial).await;
        assert_eq!((states, end), (vec!["ringing".to_owned(), state.to_owned()], why), "{dial}");
    }
    let mut browser = world.browser("alice").await;
    world.application.twiml("/out", &format!("<Dial callerId=\"{LINE}\" action=\"/done\">{BUSY}</Dial>"));
    world.application.twiml("/done", "<Hangup/>");
    browser.dial("To=x").await;
    browser.expect("ringing").await;
    let answer = browser.expect("answer").await;
    browser.expect("hangup").await;
    let done = world.request("/done", |_| true).await;
    assert_eq!((done.get("CallStatus"), done.get("DialCallStatus")), ("in-progress", "busy"));
    assert_eq!(world.ended(text(&answer, "callsid")).await, CallStatus::Completed);
}

#[actix_web::test]
async fn a_document_of_skipped_verbs_is_an_application_that_failed() {
    let world = World::start().await;
    let mut browser = world.browser("alice").await;
    for document in [
        "<Enqueue/>",
        "<Shout/>",
        "<Gather input=\"speech\"/><Enqueue/>",
        "<Say voice=\"nonsense\">Hello</Say>",
        "<Dial><Conference>Room</Conference></Dial>",
    ] {
        world.application.twiml("/out", document);
        browser.dial("To=x").await;
        assert_eq!(browser.expect("hangup").await["error"]["code"], 31005, "{document}");
        let calls = world.emulator.calls();
        assert_eq!(calls.last().unwrap().status, CallStatus::Failed, "{document}");
        // A phone hears the apology.
        world.application.twiml("/in", document);
        let call = world.emulator.phone(OUTSIDE).call(LINE).await.unwrap();
        call.wait_answered(PATIENCE).await.unwrap();
        assert_eq!(call.status(), PhoneCallStatus::InCall, "{document}");
        call.hang_up().await;
    }
    world.lacks("no verb of the document").await;
    // What can be run is run.
    let (states, _) = phone_calls(&world, "<Enqueue/><Say>Hi</Say>").await;
    assert_eq!(states, ANSWERED);
}
