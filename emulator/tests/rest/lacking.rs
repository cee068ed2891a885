//! What Twilio has and the emulator lacks: 501, and a fault on the timeline.

use emulator::Entry;
use reqwest::{Client, Method};

use crate::world::{World, read};

/// What the timeline says that is lacking, since `seq`.
fn told(world: &World, seq: u64) -> Vec<String> {
    let entries = world.emulator.timeline().entries_after(seq);
    entries.iter().filter_map(|entry: &Entry| entry.event.lacking().map(str::to_owned)).collect()
}

fn newest(world: &World) -> u64 {
    *world.emulator.timeline().subscribe().borrow()
}

#[actix_web::test]
async fn a_resource_that_only_twilio_has_is_not_implemented() {
    let world = World::start().await;
    let number = world.emulator.account().await.unwrap().numbers[0].sid.clone();
    let below = |rest: &str| (Method::GET, world.path(rest));
    let calls = [
        below("/Conferences.json"),
        below("/Conferences/CF99999999999999999999999999999999/Participants.json"),
        below("/Recordings.json?IncludeSoftDeleted=true"),
        below("/Recordings/RE99999999999999999999999999999999/Transcriptions.json"),
        (Method::POST, world.path("/Calls/CA99999999999999999999999999999999/Recordings.json")),
        below("/Messages.json"),
        below("/Usage/Records/Daily.json"),
        below("/SIP/Domains.json"),
        below("/AvailablePhoneNumbers/JP/Local.json"),
        below("/IncomingPhoneNumbers/Local.json"),
        below(&format!("/IncomingPhoneNumbers/{number}/AssignedAddOns.json")),
        below("/Calls/CA99999999999999999999999999999999/Notifications.json"),
        below("/SIP/Domains/SD99999999999999999999999999999999/Auth/Calls/CredentialListMappings.json"),
        below("/SMS/ShortCodes.json"),
        below("/AvailablePhoneNumbers/JP/MachineToMachine.json"),
        (Method::POST, world.path("/Calls/CA99999999999999999999999999999999/Streams.json")),
        (Method::POST, world.path("/Calls/CA99999999999999999999999999999999/UserDefinedMessages.json")),
        (Method::POST, world.path("/IncomingPhoneNumbers/TollFree.json")),
        // What Twilio writes in other formats.
        below("/Applications.csv"),
        below("/Recordings/RE99999999999999999999999999999999.mp3"),
        below(""),
        below("/Applications"),
        below("/Calls"),
        (Method::POST, world.path("/Calls.json")),
        (Method::POST, world.path("/Messages.json")),
        (Method::POST, world.path(".json")),
        (Method::POST, world.path("/OutgoingCallerIds.json")),
        (Method::DELETE, world.path(&format!("/IncomingPhoneNumbers/{number}.json"))),
        (Method::GET, "/2010-04-01/Accounts.json".into()),
        (Method::POST, "/2010-04-01/Accounts.json".into()),
        // Of other hosts.
        (Method::GET, "/v1/Conversations".into()),
        (Method::GET, "/v1/Voice/CA99999999999999999999999999999999/Summary".into()),
        (Method::GET, "/v1/Settings".into()),
        (Method::POST, "/v2/Services".into()),
        (Method::GET, "/v2/PhoneNumbers/+819012345678".into()),
        (Method::GET, "/v3/Nonsense".into()),
        (Method::GET, "/v1/DialingPermissions/Countries/JP/HighRiskSpecialPrefixes".into()),
        (Method::POST, "/v1/DialingPermissions/BulkCountryUpdates".into()),
    ];
    for (method, path) in calls {
        let begin = newest(&world);
        let reply = read(world.send(method.clone(), &path, &[]).await).await;
        assert_eq!(reply.error(), (501, 20501), "{method} {path}");
        let told = told(&world, begin);
        let place = path.split('?').next().unwrap();
        assert!(told.len() == 1 && told[0].starts_with(&format!("{method} {place}: ")), "{path}: {told:?}");
    }
    // A path of no version, at a host of Twilio's.
    let url = format!("{}/DeployedDevices/Fleets", world.emulator.url());
    let ask = |host: &'static str| {
        Client::new().get(&url).header("Host", host).basic_auth(&world.user, Some(&world.password)).send()
    };
    assert_eq!(ask("preview.twilio.com").await.unwrap().status(), 501);
    assert_eq!(ask("localhost").await.unwrap().status(), 404);
}

/// A path that Twilio does not have is none here, either, and a method that it refuses is refused.
#[actix_web::test]
async fn what_twilio_has_not_is_not_said_to_be_lacking() {
    let world = World::start().await;
    let begin = newest(&world);
    for path in [
        "/Nonsense.json",
        "/Calls/CA99999999999999999999999999999999.json",
        "/Recordings/RE99999999999999999999999999999999.json",
        "/Recordings/RE99999999999999999999999999999999.wav",
        "/Events.json",
        "/ShortCodes.json",
        "/calls.json",
        "/Calls/CA99999999999999999999999999999999/Nonsense.json",
        "/AvailablePhoneNumbers/JP/Premium.json",
        "/Balance/Yesterday.json",
    ] {
        assert_eq!(world.get(&world.path(path)).await.error(), (404, 20404), "{path}");
    }
    for (method, path) in [
        (Method::DELETE, "/Calls.json"),
        (Method::POST, "/Recordings.json"),
        (Method::GET, "/Calls/CA99999999999999999999999999999999/Streams.json"),
        (Method::POST, "/Usage/Records.json"),
        (Method::DELETE, "/IncomingPhoneNumbers/Local.json"),
        (Method::PUT, "/Calls.json"),
    ] {
        let reply = read(world.send(method.clone(), &world.path(path), &[]).await).await;
        assert_eq!(reply.error(), (405, 20004), "{method} {path}");
    }
    assert_eq!(told(&world, begin), Vec::<String>::new());
}

/// A parameter in a place where nobody looks is like one that nobody knows.
#[actix_web::test]
async fn a_parameter_in_the_wrong_place_is_told_of() {
    let world = World::start().await;
    let begin = newest(&world);
    let all = world.path("/Applications.json");
    assert_eq!(
        world.post(&format!("{all}?VoiceUrl=https://a.example/"), &[("FriendlyName", "a")]).await.status,
        201
    );
    let url = format!("{}{all}", world.emulator.url());
    let json = Client::new().post(&url).basic_auth(&world.user, Some(&world.password));
    let json = json.header("Content-Type", "application/json").body(r#"{"FriendlyName":"b"}"#);
    assert_eq!(json.send().await.unwrap().status(), 201);
    let told = told(&world, begin);
    assert!(
        told.len() == 2 && told[0].contains("VoiceUrl") && told[1].contains("application/json"),
        "{told:?}"
    );
}

#[actix_web::test]
async fn strangers_are_not_told_what_is_lacking() {
    let mut world = World::start().await;
    world.sign_in("AC1", "wrong");
    for path in
        ["/v1/Conversations".to_owned(), world.path("/Calls.json"), "/2010-04-01/Accounts.json".into()]
    {
        assert_eq!(world.get(&path).await.error(), (401, 20003), "{path}");
    }
}

#[actix_web::test]
async fn a_parameter_that_is_not_kept_is_refused_and_nothing_changes() {
    let world = World::start().await;
    let account = world.emulator.account().await.unwrap();
    let application = world.path(&format!("/Applications/{}.json", account.applications[0].sid));
    let number = world.path(&format!("/IncomingPhoneNumbers/{}.json", account.numbers[0].sid));
    for (path, name) in [
        (&application, "SmsUrl"),
        (&application, "MessageStatusCallback"),
        (&application, "ApiVersion"),
        (&world.path("/Applications.json"), "PublicApplicationConnectEnabled"),
        (&number, "SmsUrl"),
        (&number, "TrunkSid"),
        (&number, "VoiceReceiveMode"),
        (&number, "EmergencyStatus"),
    ] {
        let begin = newest(&world);
        let before = format!("{:?}", world.emulator.account().await.unwrap());
        let form = [("FriendlyName", "new"), (name, "https://phone.example.com/sms")];
        let reply = world.post(path, &form).await;
        assert_eq!(reply.error(), (501, 20501), "{name}");
        assert!(reply.body["message"].as_str().unwrap().contains(name), "{}", reply.body);
        assert_eq!(before, format!("{:?}", world.emulator.account().await.unwrap()), "{name}");
        assert!(told(&world, begin)[0].contains(name));
    }
}

#[actix_web::test]
async fn a_filter_that_does_nothing_is_refused() {
    let world = World::start().await;
    for query in ["IncomingPhoneNumbers.json?Beta=false", "IncomingPhoneNumbers.json?Origin=hosted"] {
        assert_eq!(world.get(&world.path(&format!("/{query}"))).await.error(), (501, 20501), "{query}");
    }
    let path = world.path("/OutgoingCallerIds.json?FriendlyName=home");
    assert_eq!(world.get(&path).await.error(), (501, 20501));
}

/// Twilio takes them without a word; the timeline says what came of them.
#[actix_web::test]
async fn a_parameter_that_nobody_knows_is_told_of() {
    let world = World::start().await;
    let begin = newest(&world);
    let all = world.path("/Applications.json");
    assert_eq!(world.post(&all, &[("VoiceUrll", "https://phone.example.com/in")]).await.status, 201);
    assert_eq!(world.get(&format!("{all}?FrendlyName=x")).await.status, 200);
    let told = told(&world, begin);
    assert!(told.len() == 2 && told[0].contains("VoiceUrll") && told[1].contains("FrendlyName"), "{told:?}");
}
