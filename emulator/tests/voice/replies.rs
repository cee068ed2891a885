//! What an application can answer besides TwiML, and where it can send a request.

use emulator::webhook::signature;
use emulator::{EndReason, Entry, Event, PhoneCall};

use crate::world::{LINE, OUTSIDE, PATIENCE, TONE, World};

const MP3: &[u8] = include_bytes!("tone.mp3");

async fn call(world: &World) -> PhoneCall {
    world.emulator.phone(OUTSIDE).call(LINE).await.unwrap()
}

fn says(text: &str) -> impl Fn(&Entry) -> bool {
    move |entry| matches!(&entry.event, Event::Verb { verb, detail } if verb == "Say" && detail == text)
}

/// A second of a 1 kHz square wave, 8 kHz µ-law.
fn mu_law() -> Vec<u8> {
    (0..8000).map(|at| if at % 8 < 4 { 0x90 } else { 0x10 }).collect()
}

#[actix_web::test]
async fn plain_text_is_spoken_and_the_call_ends() {
    let world = World::start().await;
    world.application.raw("/in", 200, "text/plain; charset=utf-8", "Tom & Jerry are out.\n");
    let spoken = call(&world).await;
    assert_eq!(spoken.wait_ended(PATIENCE).await, Ok(EndReason::RemoteHangUp));
    world.happens(says("Tom & Jerry are out.")).await;
    assert_eq!(world.states(spoken.sid()), ["ringing", "in-progress", "completed"]);
    // What is TwiML is run all the same.
    world.application.raw("/in", 200, "text/plain", format!("<Response><Dial>{TONE}</Dial></Response>"));
    call(&world).await.wait_hears_tone(600.0, PATIENCE).await.unwrap();
    world.application.raw("/in", 200, "text/plain", "");
    call(&world).await.wait_ended(PATIENCE).await.unwrap();
    world.fault(12100).await;
}

/// Nobody asked for compression, and TwiML is UTF-8.
#[actix_web::test]
async fn an_answer_in_another_encoding_is_an_error_that_says_so() {
    let world = World::start().await;
    let document = "<Response><Say>Caf\u{e9}</Say></Response>";
    for (content_type, encoding, code) in [
        ("text/xml", "gzip", 11200),
        ("text/xml", "br", 11200),
        ("text/xml; charset=ISO-8859-1", "identity", 12100),
        ("text/plain; Charset=\"shift_jis\"", "identity", 12100),
    ] {
        world.application.raw("/in", 200, content_type, document);
        world.application.header("/in", "Content-Encoding", encoding);
        let before = world.emulator.timeline().entries().len() as u64;
        call(&world).await.wait_ended(PATIENCE).await.unwrap();
        world.happens(|entry| entry.seq > before && entry.event.fault_code() == Some(code)).await;
    }
    world.application.raw("/in", 200, "text/xml; charset=utf-8", document);
    call(&world).await.wait_ended(PATIENCE).await.unwrap();
    world.happens(says("Caf\u{e9}")).await;
}

#[actix_web::test]
async fn audio_is_played_and_the_call_ends() {
    let world = World::start().await;
    world.application.raw("/in", 200, "audio/mpeg", MP3);
    let played = call(&world).await;
    played.wait_hears_tone(1000.0, PATIENCE).await.unwrap();
    assert_eq!(played.wait_ended(PATIENCE).await, Ok(EndReason::RemoteHangUp));
    // Audio that is lacking here, and audio that Twilio does not play either.
    world.application.raw("/in", 200, "audio/aiff", "FORM");
    call(&world).await.wait_ended(PATIENCE).await.unwrap();
    world.lacks("audio/aiff").await;
    world.application.raw("/in", 200, "audio/ogg", "OggS");
    call(&world).await.wait_ended(PATIENCE).await.unwrap();
    world.fault(12300).await;
}

#[actix_web::test]
async fn files_are_played_as_what_their_type_says() {
    let world = World::start().await;
    world.application.raw("/a.mp3", 200, "audio/mpeg", MP3);
    world.application.redirect("/moved.mp3", 302, "/a.mp3");
    world.application.raw("/a.wav", 200, "audio/ulaw", mu_law());
    for file in ["/a.mp3", "/moved.mp3", "/a.wav"] {
        world.application.twiml("/in", &format!("<Play>{file}</Play>"));
        let played = call(&world).await;
        played.wait_hears_tone(1000.0, PATIENCE).await.unwrap();
        played.wait_ended(PATIENCE).await.unwrap();
    }
    world.application.raw("/b.aiff", 200, "audio/aiff", "FORM");
    world.application.twiml("/in", "<Play>/b.aiff</Play><Say>Hi</Say>");
    call(&world).await.wait_ended(PATIENCE).await.unwrap();
    world.lacks("audio/aiff").await;
    world.happens(says("Hi")).await;
    for (content_type, body) in [("text/html", "<html></html>"), ("audio/mpeg", "no music")] {
        world.application.raw("/c.mp3", 200, content_type, body);
        let before = world.emulator.timeline().entries().len();
        world.application.twiml("/in", "<Play>/c.mp3</Play>");
        call(&world).await.wait_ended(PATIENCE).await.unwrap();
        world.happens(|entry| entry.seq > before as u64 && entry.event.fault_code() == Some(13420)).await;
    }
}

#[actix_web::test]
async fn redirections_are_followed_and_signed_anew() {
    let world = World::start().await;
    world.application.twiml("/deep/new", "<Say>Hi</Say><Redirect>next</Redirect>");
    world.application.twiml("/deep/next", "<Hangup/>");
    let token = world.account.auth_token.clone();
    for (status, method) in [(301, "GET"), (302, "GET"), (303, "GET"), (307, "POST")] {
        world.application.redirect("/in", status, "/deep/new?a=1");
        call(&world).await.wait_ended(PATIENCE).await.unwrap();
        let asked = world.application.asked("/deep/new").pop().unwrap();
        assert_eq!((asked.method.as_str(), asked.query.as_str()), (method, "a=1"), "{status}");
        let form: Vec<(String, String)> =
            url::form_urlencoded::parse(asked.body.as_bytes()).into_owned().collect();
        assert_eq!(form.is_empty(), method == "GET", "{status}: {form:?}");
        let url = world.application.url("/deep/new?a=1");
        assert_eq!(asked.header("x-twilio-signature"), signature(&token, &url, &form), "{status}");
    }
    // Relative addresses are those of the document, not of where it was asked for first.
    assert_eq!(world.application.asked("/deep/next").len(), 4);
    // Reports are redirected as well.
    world.application.redirect("/line-status", 307, "/elsewhere");
    call(&world).await.wait_ended(PATIENCE).await.unwrap();
    world.request("/elsewhere", |params| params.get("CallStatus") == "completed").await;
}

#[actix_web::test]
async fn redirections_that_lead_nowhere_are_an_error() {
    let world = World::start().await;
    for (status, location, code) in
        [(308, "/new", 11216), (300, "/new", 11216), (302, "ftp://127.0.0.1/", 11216), (302, "/in", 11215)]
    {
        let before = world.emulator.timeline().entries().len() as u64;
        world.application.redirect("/in", status, location);
        call(&world).await.wait_ended(PATIENCE).await.unwrap();
        world.happens(|entry| entry.seq > before && entry.event.fault_code() == Some(code)).await;
    }
    // The first request and ten more.
    assert_eq!(world.application.asked("/in").len(), 3 + 11);
    world.application.raw("/in", 302, "text/html", "");
    let before = world.emulator.timeline().entries().len() as u64;
    call(&world).await.wait_ended(PATIENCE).await.unwrap();
    world.happens(|entry| entry.seq > before && entry.event.fault_code() == Some(11216)).await;
}

#[actix_web::test]
async fn cookies_are_kept_for_the_call() {
    let world = World::start().await;
    world.application.twiml("/in", "<Redirect>/next</Redirect>");
    world.application.header("/in", "Set-Cookie", "step=1; Path=/");
    world.application.header("/in", "Set-Cookie", "elsewhere=2; Path=/elsewhere");
    world.application.redirect("/next", 302, "/last");
    world.application.header("/next", "Set-Cookie", "seen=yes; Path=/");
    world.application.twiml("/last", "<Dial><Number statusCallback=\"/status\">12</Number></Dial>");
    for calls in 1..=2 {
        call(&world).await.wait_ended(PATIENCE).await.unwrap();
        world.until(|| world.application.asked("/line-status").len() == calls).await;
        let cookies = |path: &str| world.application.asked(path).pop().unwrap().header("cookie").to_owned();
        assert_eq!((cookies("/in"), cookies("/next")), (String::new(), "step=1".to_owned()));
        for path in ["/last", "/status", "/line-status"] {
            assert_eq!(cookies(path), "seen=yes; step=1", "{path}");
        }
    }
}

#[actix_web::test]
async fn a_browser_that_prefers_opus_learns_that_it_is_lacking() {
    let world = World::start().await;
    world.application.twiml("/out", "<Hangup/>");
    let mut browser = world.browser("alice").await;
    let offer = crate::browser::offer()
        .replace("SAVPF 0", "SAVPF 111 0")
        .replace("a=rtpmap:0 ", "a=rtpmap:111 opus/48000/2\r\na=rtpmap:0 ");
    browser.send("invite", serde_json::json!({"callsid": "TJS1", "sdp": offer, "twilio": {}})).await;
    assert!(browser.expect("answer").await["sdp"].as_str().unwrap().contains("PCMU"));
    world.lacks("Opus").await;
}
