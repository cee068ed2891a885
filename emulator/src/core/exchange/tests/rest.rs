use super::desk::{LINE, OUTSIDE, TestDesk, param};
use crate::core::account::Account;
use crate::core::exchange::effect::{Effect, Timer};
use crate::core::exchange::input::{Input, MediaInput, PhoneCommand};
use crate::core::phones::{EndReason, PhoneCallStatus};
use crate::core::rest::{Answer, Request};

/// An external phone calls the line.
fn phone_calls(desk: &mut TestDesk) -> String {
    desk.put(Input::Phone(PhoneCommand::Dial { request: 1, number: OUTSIDE.into(), to: LINE.into() }));
    desk.take(|effect| match effect {
        Effect::Dialled { result, .. } => result.clone().ok(),
        _ => None,
    })
}

pub(super) fn ask(desk: &mut TestDesk, method: &str, sid: &str, form: &[(&str, &str)]) -> Answer {
    let form = form.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let request = Request { method: method.into(), form, ..Request::default() };
    send(desk, &format!("/Calls/{sid}.json"), request)
}

/// Asks without a form; `path` is below the account's, and may have a query.
pub(super) fn ask_for(desk: &mut TestDesk, method: &str, path: &str) -> Answer {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let query = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    send(desk, path, Request { method: method.into(), query, ..Request::default() })
}

fn send(desk: &mut TestDesk, path: &str, request: Request) -> Answer {
    let account = Account::default();
    let request = Request {
        path: format!("/2010-04-01/Accounts/{}{path}", account.sid),
        credentials: Some((account.sid, account.auth_token)),
        ..request
    };
    desk.put(Input::Rest { id: 7, request });
    desk.take(|effect| match effect {
        Effect::RestAnswer { id: 7, answer } => Some(answer.clone()),
        _ => None,
    })
}

fn status(answer: &Answer) -> &str {
    answer.body.as_ref().and_then(|body| body["status"].as_str()).unwrap_or_default()
}

fn phone_ends(desk: &mut TestDesk) -> (String, EndReason) {
    desk.take(|effect| match effect {
        Effect::PhoneStatus { sid, status: PhoneCallStatus::Ended(reason) } => Some((sid.clone(), *reason)),
        _ => None,
    })
}

#[test]
fn a_live_call_is_seen_and_ended() {
    let mut desk = TestDesk::new();
    let sid = phone_calls(&mut desk);
    let answer = ask(&mut desk, "GET", &sid, &[]);
    assert_eq!((answer.status, status(&answer)), (200, "ringing"));
    desk.twiml("<Say>Hello</Say>");
    desk.now += 5;
    let answer = ask(&mut desk, "GET", &sid, &[]);
    let body = answer.body.unwrap();
    assert_eq!((body["status"].as_str(), body["direction"].as_str()), (Some("in-progress"), Some("inbound")));
    assert_eq!((body["from"].as_str(), body["to"].as_str()), (Some(OUTSIDE), Some(LINE)));
    assert!(body["duration"].is_null() && body["phone_number_sid"].as_str().unwrap().starts_with("PN"));

    // What is not affected by it.
    let answer = ask(&mut desk, "POST", &sid, &[("Status", "canceled")]);
    assert_eq!((answer.status, status(&answer)), (200, "in-progress"));
    let answer = ask(&mut desk, "POST", &sid, &[("Status", "completed")]);
    assert_eq!((answer.status, status(&answer)), (200, "completed"));
    assert_eq!(answer.body.unwrap()["duration"], "5");
    assert_eq!(phone_ends(&mut desk), (sid.clone(), EndReason::RemoteHangUp));
    // It is remembered, and can be changed no more.
    desk.now += 60;
    let answer = ask(&mut desk, "GET", &sid, &[]);
    assert_eq!((answer.status, status(&answer)), (200, "completed"));
    assert_eq!(answer.body.unwrap()["duration"], "5");
    let answer = ask(&mut desk, "POST", &sid, &[("Twiml", "<Response/>")]);
    assert_eq!((answer.status, answer.body.unwrap()["code"].as_u64()), (400, Some(21220)));
    assert_eq!(ask(&mut desk, "DELETE", &sid, &[]).status, 204);
    assert_eq!(ask(&mut desk, "GET", &sid, &[]).status, 404);
}

#[test]
fn a_dialled_leg_is_ended_and_its_dial_goes_on() {
    let mut desk = TestDesk::new();
    let parent = phone_calls(&mut desk);
    desk.twiml("<Dial callerId=\"+815031234567\" action=\"/after\">+819059876543</Dial>");
    desk.ring_out(|timer| matches!(timer, Timer::PhoneReacts { .. }));
    let child = desk.take(|effect| match effect {
        Effect::PhoneLeg { info, rings: true, .. } => Some(info.sid.clone()),
        _ => None,
    });
    let answer = ask(&mut desk, "GET", &child, &[]);
    assert_eq!(answer.body.as_ref().unwrap()["parent_call_sid"], parent.as_str());
    let answer = ask(&mut desk, "POST", &child, &[("Status", "canceled")]);
    assert_eq!((answer.status, status(&answer)), (200, "canceled"));
    assert_eq!(phone_ends(&mut desk), (child, EndReason::Canceled));
    let after = desk.request();
    assert_eq!(param(&after, "CallSid"), parent);
    assert_eq!(param(&after, "DialCallStatus"), "canceled");
}

#[test]
fn a_refused_request_leaves_the_call_alone() {
    let mut desk = TestDesk::new();
    let sid = phone_calls(&mut desk);
    let ends: [(&[(&str, &str)], u16); 8] = [
        (&[("Status", "busy")], 400),
        (&[("Status", "completed"), ("Status", "completed")], 400),
        (&[("Status", "completed"), ("Url", "http://app/other")], 400),
        (&[("Status", "completed"), ("TimeLimit", "7")], 501),
        (&[("Url", "app/other")], 400),
        (&[("Url", "http://app/other"), ("Method", "PUT")], 400),
        (&[("Url", "http://app/other"), ("Twiml", "<Response/>")], 400),
        // It is not answered.
        (&[("Twiml", "<Response/>")], 400),
    ];
    for (form, expected) in ends {
        assert_eq!(ask(&mut desk, "POST", &sid, form).status, expected, "{form:?}");
    }
    assert_eq!(ask(&mut desk, "DELETE", &sid, &[]).status, 409);
    let account = Account::default();
    let path = format!("/2010-04-01/Accounts/{}/Calls/{sid}.json", account.sid);
    let form = vec![("Status".to_owned(), "completed".to_owned())];
    let credentials = Some((account.sid, "wrong".to_owned()));
    let request = Request { method: "POST".into(), path, form, credentials, ..Request::default() };
    desk.put(Input::Rest { id: 8, request });
    desk.take(|effect| {
        matches!(effect, Effect::RestAnswer { id: 8, answer } if answer.status == 401).then_some(())
    });
    let answer = ask(&mut desk, "GET", &sid, &[]);
    assert_eq!(status(&answer), "ringing");
}

/// A phone has called and talks with the manual phone: both legs.
fn conversation(desk: &mut TestDesk) -> (String, String) {
    let parent = phone_calls(desk);
    desk.twiml("<Dial action=\"/after\">+819059876543</Dial><Say>never</Say>");
    desk.ring_out(|timer| matches!(timer, Timer::PhoneReacts { .. }));
    let child = desk.take(|effect| match effect {
        Effect::PhoneLeg { info, rings: true, .. } => Some(info.sid.clone()),
        _ => None,
    });
    desk.put(Input::Phone(PhoneCommand::Answer { sid: child.clone() }));
    (parent, child)
}

#[test]
fn a_dialled_leg_runs_a_document_of_its_own_and_its_caller_goes_on() {
    let mut desk = TestDesk::new();
    let (parent, child) = conversation(&mut desk);
    let answer = ask(&mut desk, "POST", &child, &[("Url", "http://app/moved"), ("Method", "GET")]);
    assert_eq!((answer.status, status(&answer)), (200, "in-progress"));
    // The caller's <Dial> is over.
    let after = desk.twiml("<Pause length=\"600\"/>");
    assert_eq!(
        (param(&after, "CallSid"), param(&after, "DialCallStatus")),
        (parent.clone(), "completed".into())
    );
    // It may dial, as any call, and lasts longer than its caller.
    let moved = desk.twiml("<Dial action=\"/b\"><Client>alice</Client></Dial>");
    assert_eq!((moved.url.as_str(), param(&moved, "CallSid")), ("http://app/moved", child.clone()));
    assert_eq!((param(&moved, "ParentCallSid"), moved.call), (parent.clone(), parent.clone()));
    desk.put(Input::Phone(PhoneCommand::HangUp { sid: parent.clone() }));
    assert_eq!(phone_ends(&mut desk), (parent, EndReason::LocalHangUp));
    let last = desk.twiml("<Say>Goodbye</Say>");
    assert_eq!(
        (param(&last, "CallSid"), param(&last, "DialCallStatus")),
        (child.clone(), "no-answer".into())
    );
    let key = desk.exchange.legs[&child].media.unwrap();
    desk.media_says(key, MediaInput::SoundEnded);
    assert_eq!(phone_ends(&mut desk), (child, EndReason::RemoteHangUp));
    assert!(desk.exchange.legs.is_empty());
}

#[test]
fn a_caller_that_is_redirected_leaves_its_callee() {
    let mut desk = TestDesk::new();
    let (parent, child) = conversation(&mut desk);
    let answer = ask(&mut desk, "POST", &parent, &[("Twiml", "<Response><Pause length=\"9\"/></Response>")]);
    assert_eq!(answer.status, 200);
    assert_eq!(phone_ends(&mut desk), (child, EndReason::RemoteHangUp));
    // What the <Dial> would have said next is not run.
    desk.twiml("<Say>late</Say>");
    desk.ring_out(|timer| matches!(timer, Timer::PauseEnds { .. }));
    assert_eq!(phone_ends(&mut desk), (parent, EndReason::RemoteHangUp));
}
