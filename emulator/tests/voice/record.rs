//! A voicemail over sockets: what was spoken is in the file.

use std::io::Cursor;

use emulator::{AccountChange, EndReason, Sound};

use crate::world::{LINE, OUTSIDE, PATIENCE, World};

async fn get(world: &World, rest: &str, signed_in: bool) -> reqwest::Response {
    let account = &world.account;
    let url = format!("{}/2010-04-01/Accounts/{}{rest}", world.emulator.url(), account.sid);
    let request = reqwest::Client::new().get(url);
    let request =
        if signed_in { request.basic_auth(&account.sid, Some(&account.auth_token)) } else { request };
    request.send().await.unwrap()
}

#[actix_web::test]
async fn the_file_has_what_was_spoken() {
    let world = World::start().await;
    world.application.twiml(
        "/in",
        "<Say>Leave a message</Say><Record action=\"/done\" recordingStatusCallback=\"/recording\" timeout=\"1\"/>",
    );
    world.application.twiml("/done", "<Hangup/>");
    let call = world.emulator.phone(OUTSIDE).call(LINE).await.unwrap();
    call.wait_hears_tone(1000.0, PATIENCE).await.unwrap();

    world.happens(|entry| matches!(&entry.event, emulator::Event::Recording { status, .. } if status == "in-progress")).await;
    // A third of a second of silence, then a second and a half of a tone.
    let tone =
        (0..12_000_i32).map(|n| (f64::from(n) * 660.0 * std::f64::consts::TAU / 8000.0).sin() * 12_000.0);
    let samples: Vec<i16> = std::iter::repeat_n(0, 2640).chain(tone.map(|sample| sample as i16)).collect();
    call.say(Sound::Clip { samples: samples.into(), repeat: false }).await;
    assert_eq!(call.wait_ended(PATIENCE).await, Ok(EndReason::RemoteHangUp));
    let done = world.request("/done", |_| true).await;
    assert!(done.get("RecordingDuration") >= "2", "{done:?}");
    let told = world.request("/recording", |_| true).await;
    assert_eq!((told.get("RecordingStatus"), told.get("RecordingDuration")), ("completed", "1"));
    let re = told.get("RecordingSid").to_owned();

    assert_eq!(get(&world, &format!("/Recordings/{re}.wav"), false).await.status(), 401);
    world.emulator.change(AccountChange::MediaNeedsAuth(false));
    let answer = get(&world, &format!("/Recordings/{re}.wav"), false).await;
    assert_eq!(
        (answer.status().as_u16(), &answer.headers()["content-type"]),
        (200, &"audio/x-wav".parse().unwrap())
    );
    assert_eq!(get(&world, &format!("/Recordings/{re}.json"), false).await.status(), 401);
    let reader = hound::WavReader::new(Cursor::new(answer.bytes().await.unwrap())).unwrap();
    assert_eq!(
        (reader.spec().sample_rate, reader.spec().channels, reader.spec().bits_per_sample),
        (8000, 1, 16)
    );
    let file: Vec<i16> = reader.into_samples().map(Result::unwrap).collect();
    // Without the silence around it, to the frame.
    assert!((12_000..=12_320).contains(&file.len()), "{}", file.len());
    let (turns, seconds) =
        (file.windows(2).filter(|two| two[0] < 0 && two[1] >= 0).count(), file.len() as f64 / 8000.0);
    assert!((turns as f64 / seconds - 660.0).abs() < 20.0, "{turns} turns in {seconds} s");

    let body =
        get(&world, &format!("/Recordings.json?CallSid={}", call.sid()), true).await.text().await.unwrap();
    let list: serde_json::Value = serde_json::from_str(&body).unwrap();
    assert_eq!(
        (&list["recordings"][0]["sid"], &list["recordings"][0]["duration"]),
        (&re.as_str().into(), &"1".into())
    );
    let left = world.emulator.leftovers().await.unwrap();
    assert_eq!((left.audio, left.timers), (0, 0));
}

#[actix_web::test]
async fn a_caller_who_hangs_up_leaves_what_was_said() {
    let world = World::start().await;
    world
        .application
        .twiml("/in", "<Record action=\"/done\" playBeep=\"false\" trim=\"do-not-trim\" timeout=\"60\"/>");
    let call = world.emulator.phone(OUTSIDE).call(LINE).await.unwrap();
    call.plays_tone(660.0).await;
    world.happens(|entry| matches!(&entry.event, emulator::Event::Recording { status, .. } if status == "in-progress")).await;
    tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    call.hang_up().await;
    let done = world.request("/done", |_| true).await;
    assert_eq!((done.get("Digits"), done.get("CallStatus")), ("hangup", "completed"));
    assert_eq!(done.get("RecordingDuration"), "0");
}
