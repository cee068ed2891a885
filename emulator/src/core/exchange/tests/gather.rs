use super::desk::{LINE, OUTSIDE, TestDesk, param};
use crate::core::exchange::effect::{Effect, MediaOp, Timer};
use crate::core::exchange::input::{Input, MediaInput, PhoneCommand};
use crate::core::media::{Hears, MediaKey};

/// A phone has called and hears the prompt of the document: its leg and its audio.
fn called(desk: &mut TestDesk, document: &str) -> (String, MediaKey) {
    desk.put(Input::Phone(PhoneCommand::Dial { request: 1, number: OUTSIDE.into(), to: LINE.into() }));
    let sid = desk.take(|effect| match effect {
        Effect::Dialled { result, .. } => result.clone().ok(),
        _ => None,
    });
    desk.twiml(document);
    (sid, desk.media(|op| matches!(op, MediaOp::Hear(Hears::Sound(_)))))
}

fn press(desk: &mut TestDesk, sid: &str, keys: &str) {
    desk.put(Input::Phone(PhoneCommand::Press { sid: sid.into(), keys: keys.into() }));
}

/// The newest timer of the `<Gather>`; older ones mean nothing.
fn waits_in_vain(desk: &mut TestDesk) {
    let mut timers = desk.log.iter().filter_map(|effect| match effect {
        Effect::After { timer: timer @ Timer::GatherEnds { .. }, .. } => Some(timer.clone()),
        _ => None,
    });
    let newest = timers.next_back().unwrap();
    let before: Vec<Timer> = timers.collect();
    for timer in before {
        desk.put(Input::Timer(timer));
        assert!(desk.requests().is_empty());
    }
    desk.put(Input::Timer(newest));
}

#[test]
fn a_key_cuts_the_prompt_and_the_last_one_asks() {
    let mut desk = TestDesk::new();
    let (sid, key) = called(
        &mut desk,
        "<Gather action=\"/g\" numDigits=\"3\"><Say>Your code</Say><Say>again</Say></Gather>",
    );
    press(&mut desk, &sid, "1");
    assert_eq!(desk.media(|op| *op == MediaOp::Hear(Hears::nothing())), key);
    // A late word about the prompt does not begin the next one.
    desk.media_says(key, MediaInput::SoundEnded);
    assert!(
        !desk.is_wanted(|effect| matches!(effect, Effect::Media { op: MediaOp::Hear(Hears::Sound(_)), .. }))
    );
    press(&mut desk, &sid, "2*");
    let asked = desk.twiml("<Hangup/>");
    assert_eq!((asked.url.as_str(), param(&asked, "Digits")), ("http://app/g", "12*".into()));
    assert_eq!(param(&asked, "FinishedOnKey"), "");
}

#[test]
fn a_key_ends_it_or_time_does() {
    let document = "<Gather action=\"/g\"><Say>x</Say></Gather>";
    let mut desk = TestDesk::new();
    let (sid, _) = called(&mut desk, document);
    press(&mut desk, &sid, "42#");
    let asked = desk.request();
    assert_eq!((param(&asked, "Digits"), param(&asked, "FinishedOnKey")), ("42".into(), "#".into()));

    let mut desk = TestDesk::new();
    let (sid, _) = called(&mut desk, document);
    press(&mut desk, &sid, "4");
    press(&mut desk, &sid, "2");
    waits_in_vain(&mut desk);
    assert_eq!(param(&desk.request(), "Digits"), "42");
}

#[test]
fn without_a_key_the_document_goes_on_or_asks_with_none() {
    for (attribute, asks) in [("", false), ("actionOnEmptyResult=\"true\"", true)] {
        let mut desk = TestDesk::new();
        let (_, key) =
            called(&mut desk, &format!("<Gather {attribute}><Say>x</Say></Gather><Say>next</Say>"));
        desk.media_says(key, MediaInput::SoundEnded);
        waits_in_vain(&mut desk);
        if asks {
            let asked = desk.request();
            // Without an action it is the same document again.
            assert_eq!((asked.url.as_str(), param(&asked, "Digits")), ("http://app/in", String::new()));
            assert!(asked.params.iter().any(|(name, _)| name == "Digits"));
        } else {
            desk.media(|op| matches!(op, MediaOp::Hear(Hears::Sound(_))));
            assert!(desk.requests().is_empty());
        }
    }
}

#[test]
fn the_key_that_ends_it_alone_is_no_answer() {
    let mut desk = TestDesk::new();
    let (sid, _) = called(&mut desk, "<Gather action=\"/g\"><Say>x</Say></Gather><Say>next</Say>");
    press(&mut desk, &sid, "#");
    desk.media(|op| matches!(op, MediaOp::Hear(Hears::Sound(_))));
    assert!(desk.requests().is_empty());
}
