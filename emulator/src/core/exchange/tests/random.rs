//! Whatever happens in whatever order, the books stay right.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::json;

use super::desk::{LINE, OFFER, OUTSIDE, TestDesk, token, xml};
use super::rest::ask;
use crate::core::call::{CallStatus, Then};
use crate::core::exchange::effect::{Effect, MediaOp};
use crate::core::exchange::input::{Input, MediaInput, PhoneCommand};

const DOCUMENTS: [&str; 15] = [
    "<Dial callerId=\"+815031234567\" answerOnBridge=\"true\" action=\"/a\">+819059876543</Dial>",
    "<Dial callerId=\"+815031234567\">+15550100003</Dial><Say>x</Say>",
    "<Dial hangupOnStar=\"true\"><Client>alice</Client><Client>bob</Client></Dial><Hangup/>",
    "<Dial action=\"/a\"><Client>alice</Client><Number>+819059876543</Number></Dial>",
    "<Say>hello</Say><Pause/><Redirect>/b</Redirect>",
    "<Echo/>",
    "<Reject/>",
    "",
    "<Dial/><Dial>1</Dial>",
    "<Dial sequential=\"true\"><Number url=\"/w\" sendDigits=\"1\">+819059876543</Number><Client url=\"/w\">bob</Client></Dial>",
    "<Dial callerId=\"+815031234567\" answerOnBridge=\"true\">+815031234567</Dial>",
    "<Dial callerId=\"+815031234567\" action=\"/a\"><Number url=\"/w\">+815031234567</Number></Dial>",
    "<Hangup/>",
    "<Gather action=\"/a\" numDigits=\"2\"><Say>x</Say></Gather><Say>y</Say>",
    "<Record recordingStatusCallback=\"/r\" recordingStatusCallbackEvent=\"in-progress absent\"/><Say>y</Say>",
];

/// One thing that happens; numbers choose among what is there.
#[derive(Debug, Clone)]
enum Happening {
    Open(u64),
    Close(u64),
    Listen(u64, bool),
    Register(u64, bool),
    Invite(u64),
    Say(u64, usize, usize),
    PhoneDials,
    Phone(usize, usize),
    Reply(usize, usize),
    Timer(usize),
    Media(usize, usize),
    Rest(usize, bool),
    Redirect(usize, usize),
}

fn happening() -> impl Strategy<Value = Happening> {
    use Happening as H;
    let socket = || 1..4_u64;
    prop_oneof![
        1 => socket().prop_map(H::Open),
        1 => socket().prop_map(H::Close),
        2 => (socket(), any::<bool>()).prop_map(|(socket, alice)| H::Listen(socket, alice)),
        2 => (socket(), any::<bool>()).prop_map(|(socket, on)| H::Register(socket, on)),
        2 => socket().prop_map(H::Invite),
        4 => (socket(), 0..8_usize, 0..8_usize).prop_map(|(socket, what, call)| H::Say(socket, what, call)),
        1 => Just(H::PhoneDials),
        3 => (0..5_usize, 0..8_usize).prop_map(|(what, call)| H::Phone(what, call)),
        6 => (0..4_usize, 0..DOCUMENTS.len() + 1).prop_map(|(request, answer)| H::Reply(request, answer)),
        4 => (0..12_usize).prop_map(H::Timer),
        8 => (0..12_usize, 0..9_usize).prop_map(|(key, what)| H::Media(key, what)),
        2 => (0..8_usize, 0..DOCUMENTS.len()).prop_map(|(call, document)| H::Redirect(call, document)),
        1 => (0..8_usize, any::<bool>()).prop_map(|(call, answered)| H::Rest(call, answered)),
    ]
}

/// What the outside world would have in its hands.
#[derive(Default)]
struct Outside {
    requests: Vec<u64>,
    timers: Vec<crate::core::exchange::effect::Timer>,
    media: Vec<u64>,
    calls: Vec<String>,
    tokens: BTreeMap<String, String>,
    seen: usize,
    /// Legs that left for a document of their own.
    redirected: Vec<String>,
}

impl Outside {
    fn look(&mut self, desk: &TestDesk) {
        for effect in &desk.log[self.seen..] {
            match effect {
                Effect::Webhook(request) => self.requests.push(request.id),
                Effect::After { timer, .. } => self.timers.push(timer.clone()),
                Effect::Media { key, op } if *op != MediaOp::Close && !self.media.contains(key) => {
                    self.media.push(*key);
                }
                Effect::Leg(info) if !self.calls.contains(&info.sid) => self.calls.push(info.sid.clone()),
                Effect::Send { message, .. } => {
                    if let (Some(call), Some(token)) =
                        (message.callsid(), message.payload["reconnect"].as_str())
                    {
                        self.tokens.insert(call.to_owned(), token.to_owned());
                    }
                }
                _ => {}
            }
        }
        self.seen = desk.log.len();
    }

    fn run(&mut self, desk: &mut TestDesk, happening: Happening) {
        let call = |at: usize| self.calls.iter().rev().nth(at).cloned().unwrap_or_else(|| "CA0".into());
        match happening {
            Happening::Open(socket) => desk.put(Input::SocketOpened { socket, host: None }),
            Happening::Close(socket) => desk.put(Input::SocketClosed { socket }),
            Happening::Listen(socket, alice) => {
                let token = token(if alice { "alice" } else { "bob" });
                desk.say(socket, "listen", json!({"token": token}));
            }
            Happening::Register(socket, on) => {
                desk.say(socket, "register", json!({"media": {"audio": on}}));
            }
            Happening::Invite(socket) => {
                let id = format!("TJS{}", desk.log.len());
                desk.say(
                    socket,
                    "invite",
                    json!({"callsid": id, "sdp": OFFER, "twilio": {"params": "To=1"}}),
                );
            }
            Happening::Say(socket, what, at) => {
                let sid = call(at);
                let payload = json!({"callsid": sid, "sdp": OFFER, "dtmf": "1*", "voiceeventsid": "KX1",
                    "messagetype": "user-defined-message",
                    "reconnect": self.tokens.get(&sid).map_or("none", String::as_str)});
                let kinds = ["answer", "reject", "hangup", "invite", "reinvite", "dtmf", "message", "dance"];
                desk.say(socket, kinds[what], payload);
            }
            Happening::PhoneDials => desk.put(Input::Phone(PhoneCommand::Dial {
                request: 1,
                number: OUTSIDE.into(),
                to: LINE.into(),
            })),
            Happening::Phone(what, at) => {
                let sid = call(at);
                desk.put(Input::Phone(match what {
                    0 => PhoneCommand::Answer { sid },
                    1 => PhoneCommand::Reject { sid },
                    2 => PhoneCommand::HangUp { sid },
                    3 => PhoneCommand::Say { sid, sound: crate::core::media::Sound::Silence },
                    _ => PhoneCommand::Press { sid, keys: "1*#".into() },
                }));
            }
            Happening::Reply(at, answer) => {
                if at < self.requests.len() {
                    let id = self.requests.remove(at);
                    let mut reply = xml(DOCUMENTS.get(answer).copied().unwrap_or_default());
                    if answer == DOCUMENTS.len() {
                        reply.status = None;
                    }
                    desk.put(Input::Reply { id, reply });
                }
            }
            Happening::Timer(at) => {
                if at < self.timers.len() {
                    let timer = self.timers.remove(at);
                    desk.put(Input::Timer(timer));
                }
            }
            Happening::Rest(at, answered) => {
                let status = if answered { "completed" } else { "canceled" };
                ask(desk, "POST", &call(at), &[("Status", status)]);
            }
            Happening::Redirect(at, document) => {
                let twiml = format!("<Response>{}</Response>", DOCUMENTS[document]);
                let sid = call(at);
                ask(desk, "POST", &sid, &[("Twiml", &twiml)]);
                self.redirected.push(sid);
            }
            Happening::Media(at, what) => {
                let Some(key) = self.media.iter().rev().nth(at).copied() else { return };
                desk.media_says(
                    key,
                    match what {
                        0 => MediaInput::Answer(Ok("v=0".into())),
                        1 => MediaInput::Answer(Err("no".into())),
                        2 => MediaInput::Offer(Ok("v=0".into())),
                        3 => MediaInput::Accepted(Ok(())),
                        4 => MediaInput::Accepted(Err("no".into())),
                        5 => MediaInput::Connected,
                        6 => MediaInput::SoundEnded,
                        7 => MediaInput::Failed("dead".into()),
                        _ => MediaInput::Key('*'),
                    },
                );
            }
        }
    }
}

/// Each leg ends at most once, never comes back, and its audio is closed with it.
fn check(desk: &TestDesk) -> Result<(), TestCaseError> {
    let mut status: BTreeMap<String, CallStatus> = BTreeMap::new();
    for effect in &desk.log {
        let Effect::Leg(info) = effect else { continue };
        if let Some(before) = status.insert(info.sid.clone(), info.status) {
            prop_assert!(!before.is_final(), "{} was over and is {:?}", info.sid, info.status);
        }
    }
    for leg in desk.exchange.legs.values() {
        if let Some(parent) = &leg.parent {
            prop_assert!(desk.exchange.legs.contains_key(parent), "{} has no call", leg.sid);
            let over = desk.exchange.legs.get(parent).is_some_and(|parent| !parent.is_live());
            let own = leg.script.as_ref().is_some_and(|script| script.then == Then::HangUp);
            prop_assert!(!(over && leg.is_live() && !own), "{} outlives its call", leg.sid);
        }
        prop_assert_eq!(status.get(&leg.sid), Some(&leg.status));
    }
    for (key, sid) in &desk.exchange.media {
        let live = desk.exchange.legs.get(sid).is_some_and(|leg| leg.is_live());
        prop_assert!(live, "the audio {} of {} is left open", key, sid);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]
    #[test]
    fn the_books_stay_right(happenings in proptest::collection::vec(happening(), 1..120)) {
        let mut desk = TestDesk::new();
        desk.browser(1, "alice");
        desk.browser(2, "bob");
        let mut outside = Outside::default();
        for happening in happenings {
            outside.look(&desk);
            outside.run(&mut desk, happening);
            check(&desk)?;
        }
        // Everybody leaves: nothing may be left over.
        for socket in 1..4 {
            desk.put(Input::SocketClosed { socket });
        }
        outside.look(&desk);
        for timer in std::mem::take(&mut outside.timers) {
            desk.put(Input::Timer(timer));
        }
        outside.look(&desk);
        for sid in outside.calls.clone() {
            desk.put(Input::Phone(PhoneCommand::HangUp { sid }));
        }
        // Two ends of a line may be left with documents that nobody listens to.
        for sid in &outside.redirected {
            ask(&mut desk, "POST", sid, &[("Status", "completed")]);
        }
        check(&desk)?;
        prop_assert!(desk.exchange.legs.is_empty(), "left over: {:#?}", desk.exchange.legs);
        prop_assert!(desk.exchange.media.is_empty());
    }
}
