use serde_json::json;

use super::desk::{LINE, OFFER, OUTSIDE, TestDesk, param};
use crate::core::exchange::effect::{Effect, MediaOp, Timer};
use crate::core::exchange::input::{Input, MediaInput, PhoneCommand};
use crate::core::media::Hears;
use crate::core::timeline::Event;

const DIAL: &str = r#"<Dial callerId="+815031234567" answerOnBridge="true">+819059876543</Dial>"#;

fn invite(desk: &mut TestDesk) {
    desk.browser(1, "alice");
    desk.say(1, "invite", json!({"callsid": "TJS1", "sdp": OFFER, "twilio": {"params": "To=x"}}));
}

/// The leg of the phone that rings.
fn ringing_phone(desk: &mut TestDesk) -> String {
    desk.ring_out(|timer| matches!(timer, Timer::PhoneReacts { .. }));
    desk.take(|effect| match effect {
        Effect::PhoneLeg { info, rings: true, .. } => Some(info.sid.clone()),
        _ => None,
    })
}

#[test]
fn the_offer_waits_until_the_callee_answers() {
    let mut desk = TestDesk::new();
    invite(&mut desk);
    desk.twiml(DIAL);
    let phone = ringing_phone(&mut desk);
    assert!(desk.sent(1, "ringing").payload["sdp"].is_null());
    assert!(
        !desk.log.iter().any(|effect| matches!(effect, Effect::Media { op: MediaOp::AcceptOffer(_), .. }))
    );
    desk.put(Input::Phone(PhoneCommand::Answer { sid: phone }));
    let key = desk.media(|op| matches!(op, MediaOp::AcceptOffer(_)));
    desk.media_says(key, MediaInput::Answer(Ok("v=0 answer".into())));
    assert_eq!(desk.sent(1, "answer").payload["sdp"], "v=0 answer");
    // Both hear each other.
    let other = desk.media(|op| *op == MediaOp::Hear(Hears::party(key)));
    assert_ne!(other, key);
    desk.media(|op| *op == MediaOp::Hear(Hears::party(other)));
}

#[test]
fn a_call_that_the_browser_gave_up_before_its_document_came_is_not_made() {
    let mut desk = TestDesk::new();
    invite(&mut desk);
    desk.say(1, "hangup", json!({"callsid": "TJS1"}));
    desk.twiml(DIAL);
    assert!(!desk.log.iter().any(|effect| matches!(effect, Effect::PhoneLeg { .. })));
    assert!(!desk.was_sent(1, "hangup"));
}

#[test]
fn a_browser_hears_a_sentence_only_once_it_can_hear() {
    let mut desk = TestDesk::new();
    invite(&mut desk);
    desk.twiml("<Say loop=\"2\">Hello</Say>");
    let key = desk.media(|op| matches!(op, MediaOp::AcceptOffer(_)));
    desk.media_says(key, MediaInput::Answer(Ok("v=0".into())));
    let speaks = |op: &MediaOp| matches!(op, MediaOp::Hear(Hears::Sound(_)));
    assert!(!desk.log.iter().any(|effect| matches!(effect, Effect::Media { op, .. } if speaks(op))));
    desk.media_says(key, MediaInput::Connected);
    desk.media(speaks);
    desk.media_says(key, MediaInput::SoundEnded);
    desk.media(speaks);
    // An ICE restart does not say it again.
    desk.media_says(key, MediaInput::Connected);
    desk.media_says(key, MediaInput::SoundEnded);
    desk.sent(1, "answer");
    desk.sent(1, "hangup");
}

#[test]
fn the_action_gets_the_outcome_and_its_reply_goes_on() {
    let mut desk = TestDesk::new();
    invite(&mut desk);
    desk.twiml(r#"<Dial callerId="+815031234567" action="/a?x=1">+15550100003</Dial><Say>never</Say>"#);
    desk.ring_out(|timer| matches!(timer, Timer::PhoneReacts { .. }));
    let action = desk.twiml("<Reject/>");
    assert_eq!(action.url, "http://app/a?x=1");
    assert_eq!(
        (param(&action, "DialCallStatus"), param(&action, "DialBridged")),
        ("busy".into(), "false".into())
    );
    assert!(!desk.log.iter().any(|effect| {
        matches!(effect, Effect::Note { event: Event::Verb { verb, .. }, .. } if verb == "Say")
    }));
}

#[test]
fn a_timer_of_an_earlier_step_means_nothing() {
    let mut desk = TestDesk::new();
    desk.put(Input::Phone(PhoneCommand::Dial { request: 1, number: OUTSIDE.into(), to: LINE.into() }));
    desk.twiml("<Dial timeout=\"5\"><Client>nobody</Client></Dial><Pause length=\"60\"/>");
    let timer = desk.take(|effect| match effect {
        Effect::After { timer: timer @ Timer::DialTimeout { .. }, .. } => Some(timer.clone()),
        _ => None,
    });
    let before = desk.log.len();
    desk.put(Input::Timer(timer));
    assert_eq!(desk.log.len(), before);
}

#[test]
fn a_lost_socket_ends_what_rang_there() {
    let mut desk = TestDesk::new();
    desk.browser(1, "alice");
    desk.put(Input::Phone(PhoneCommand::Dial { request: 1, number: OUTSIDE.into(), to: LINE.into() }));
    desk.twiml("<Dial action=\"/done\"><Client>alice</Client></Dial>");
    let key = desk.media(|op| *op == MediaOp::CreateOffer);
    desk.media_says(key, MediaInput::Offer(Ok("v=0 offer".into())));
    desk.sent(1, "invite");
    desk.put(Input::SocketClosed { socket: 1 });
    assert_eq!(param(&desk.request(), "DialCallStatus"), "no-answer");
}

#[test]
fn an_expired_token_lets_the_call_go_on_and_closes_afterwards() {
    let mut desk = TestDesk::new();
    invite(&mut desk);
    desk.twiml("<Echo/>");
    let key = desk.media(|op| matches!(op, MediaOp::AcceptOffer(_)));
    desk.media_says(key, MediaInput::Answer(Ok("v=0".into())));
    let callsid = desk.sent(1, "answer").payload["callsid"].clone();
    desk.now = 4600;
    desk.put(Input::Timer(Timer::TokenEnds { socket: 1, expires: 4600 }));
    assert_eq!(desk.sent(1, "error").payload["error"]["code"], 31205);
    assert!(!desk.was_sent(1, "close"));
    desk.say(1, "register", json!({"media": {"audio": true}}));
    assert_eq!(desk.sent(1, "error").payload["error"]["code"], 31205);
    desk.say(1, "hangup", json!({"callsid": callsid}));
    desk.sent(1, "close");
}

#[test]
fn a_token_that_is_refused_in_a_call_lets_the_call_go_on_and_nothing_else() {
    let mut desk = TestDesk::new();
    invite(&mut desk);
    desk.twiml("<Echo/>");
    let key = desk.media(|op| matches!(op, MediaOp::AcceptOffer(_)));
    desk.media_says(key, MediaInput::Answer(Ok("v=0".into())));
    let callsid = desk.sent(1, "answer").payload["callsid"].clone();
    desk.say(1, "listen", json!({"token": "rubbish"}));
    assert_eq!(desk.sent(1, "error").payload["error"]["code"], 31204);
    // The SDK registers again every 30 s.
    desk.say(1, "register", json!({"media": {"audio": true}}));
    assert_eq!(desk.sent(1, "error").payload["error"]["code"], 31204);
    desk.say(1, "invite", json!({"callsid": "TJS2", "sdp": OFFER}));
    assert_eq!(desk.sent(1, "hangup").payload["error"]["code"], 31204);
    assert!(!desk.was_sent(1, "ready") && !desk.was_sent(1, "close"));
    desk.say(1, "hangup", json!({"callsid": callsid}));
    desk.sent(1, "close");
}
