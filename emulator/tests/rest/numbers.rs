use reqwest::{Client, StatusCode};

use crate::world::{LINE, OTHER, VERIFIED, World, texts};

const NUMBERS: &str = "/IncomingPhoneNumbers.json";

#[actix_web::test]
async fn numbers_are_found_and_changed() {
    let world = World::with(|account| account.numbers[1].text_only = true).await;
    let all = world.path(NUMBERS);
    let list = world.get(&all).await.body["incoming_phone_numbers"].clone();
    assert_eq!(texts(&list, "phone_number"), [LINE, OTHER]);
    assert_eq!(list[0]["capabilities"]["voice"], true);
    assert_eq!(list[1]["capabilities"]["voice"], false);
    assert!(list[0]["voice_url"].is_null());
    assert_eq!((&list[0]["voice_application_sid"], &list[0]["status_callback"]), (&"".into(), &"".into()));
    let found = world.get(&format!("{all}?PhoneNumber=%2B815031234567")).await;
    assert_eq!(texts(&found.body["incoming_phone_numbers"], "phone_number"), [LINE]);
    let none = world.get(&format!("{all}?PhoneNumber=%2B815099999999")).await;
    assert_eq!((none.status, &none.body["incoming_phone_numbers"]), (200, &serde_json::json!([])));

    let own = list[0]["uri"].as_str().unwrap();
    let form = [
        ("VoiceUrl", "https://phone.example.com/in"),
        ("VoiceFallbackUrl", "https://phone.example.com/fallback"),
        ("VoiceFallbackMethod", "get"),
        ("StatusCallback", "https://phone.example.com/status"),
        ("VoiceApplicationSid", &world.account.application_sid),
        ("FriendlyName", "Tokyo"),
    ];
    let changed = world.post(own, &form).await;
    assert_eq!(changed.status, 200);
    for (name, value) in [
        ("voice_url", "https://phone.example.com/in"),
        ("voice_fallback_url", "https://phone.example.com/fallback"),
        ("voice_fallback_method", "GET"),
        ("status_callback", "https://phone.example.com/status"),
        ("voice_application_sid", &world.account.application_sid),
        ("friendly_name", "Tokyo"),
    ] {
        assert_eq!(changed.body[name], value, "{name}");
    }
    assert_eq!(world.get(own).await.body, changed.body);
    let cleared = world.post(own, &[("VoiceApplicationSid", ""), ("VoiceUrl", "")]).await;
    assert_eq!(
        (&cleared.body["voice_application_sid"], &cleared.body["voice_url"]),
        (&"".into(), &"".into())
    );
}

#[actix_web::test]
async fn wrong_values_are_refused() {
    let world = World::start().await;
    let list = world.get(&world.path(NUMBERS)).await;
    let own = list.body["incoming_phone_numbers"][0]["uri"].as_str().unwrap();
    let unknown = [("VoiceApplicationSid", "AP99999999999999999999999999999999")];
    assert_eq!(world.post(own, &unknown).await.error(), (400, 21420));
    assert_eq!(world.post(own, &[("VoiceUrl", "https://")]).await.error(), (400, 21402));
    assert_eq!(world.delete(own).await.error(), (501, 20501));
    assert_eq!(world.post(&world.path(NUMBERS), &[("PhoneNumber", LINE)]).await.error(), (501, 20501));
}

#[actix_web::test]
async fn forms_that_are_no_text_and_huge_ones_are_refused() {
    let world = World::start().await;
    let list = world.get(&world.path(NUMBERS)).await;
    let own = list.body["incoming_phone_numbers"][0]["uri"].as_str().unwrap();
    let post = |body: Vec<u8>| {
        Client::new()
            .post(format!("{}{own}", world.emulator.url()))
            .basic_auth(&world.user, Some(&world.password))
            .header("content-type", "application/x-www-form-urlencoded")
            .body(body)
            .send()
    };
    assert_eq!(post(b"FriendlyName=%FF%FE".to_vec()).await.unwrap().status(), 400);
    assert_eq!(post(vec![b'x'; 1024 * 1024]).await.unwrap().status(), StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(world.get(own).await.body["friendly_name"], LINE);
}

#[actix_web::test]
async fn verified_caller_ids_are_listed() {
    let world = World::start().await;
    let list = world.get(&world.path("/OutgoingCallerIds.json")).await;
    assert_eq!(texts(&list.body["outgoing_caller_ids"], "phone_number"), [VERIFIED]);
    let own = list.body["outgoing_caller_ids"][0]["uri"].as_str().unwrap();
    assert_eq!(world.get(own).await.body["phone_number"], VERIFIED);
    let none = world.get(&world.path("/OutgoingCallerIds.json?PhoneNumber=%2B819099999999")).await;
    assert_eq!(none.body["outgoing_caller_ids"], serde_json::json!([]));
}
