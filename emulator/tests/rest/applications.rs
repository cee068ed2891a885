use crate::world::{World, texts};

const URL: &str = "https://phone.example.com/prod/twilio/retrieve_twiml/call_outgoing";

#[actix_web::test]
async fn an_application_lives_and_dies() {
    let world = World::start().await;
    let all = world.path("/Applications.json");
    let made = world.post(&all, &[("FriendlyName", "sidetone"), ("VoiceUrl", URL), ("Unknown", "x")]).await;
    assert_eq!(made.status, 201);
    assert_eq!((&made.body["voice_url"], &made.body["voice_method"]), (&URL.into(), &"POST".into()));
    assert!(made.body["status_callback"].is_null() && made.body["voice_fallback_url"].is_null());
    let sid = made.body["sid"].as_str().unwrap();
    let found = world.get(&format!("{all}?FriendlyName=sidetone")).await;
    assert_eq!(texts(&found.body["applications"], "sid"), [sid]);
    let own = world.path(&format!("/Applications/{sid}.json"));
    assert_eq!(made.body["uri"], own);

    let form =
        [("VoiceMethod", "GET"), ("StatusCallback", "https://phone.example.com/s"), ("FriendlyName", "b")];
    let changed = world.post(&own, &form).await;
    assert_eq!((changed.status, &changed.body["voice_url"]), (200, &URL.into()));
    assert_eq!(changed.body["voice_method"], "GET");
    assert_eq!(world.get(&own).await.body, changed.body);
    let taken = world.post(&own, &[("StatusCallback", "")]).await;
    assert_eq!(taken.body["status_callback"], "");
    assert_eq!(world.delete(&own).await.status, 204);
    assert_eq!(world.get(&own).await.error(), (404, 20404));
}

#[actix_web::test]
async fn wrong_values_are_refused_and_change_nothing() {
    let world = World::start().await;
    let own = world.path(&format!("/Applications/{}.json", world.account.application_sid));
    let before = world.get(&own).await.body;
    let long = "x".repeat(65);
    for (form, code) in [
        (vec![("VoiceUrl", "phone.example.com")], 21402),
        (vec![("VoiceUrl", "ftp://phone.example.com/x")], 21402),
        (vec![("VoiceUrl", "https://a_b.example.com/x")], 21402),
        (vec![("VoiceMethod", "PUT")], 21403),
        (vec![("FriendlyName", "new"), ("StatusCallback", "/x")], 21402),
        (vec![("VoiceFallbackUrl", "https://phone.example.com/f")], 21405),
        (vec![("FriendlyName", "a"), ("FriendlyName", "b")], 20001),
        (vec![("FriendlyName", long.as_str())], 20001),
        (vec![("VoiceCallerIdLookup", "perhaps")], 20001),
    ] {
        assert_eq!(world.post(&own, &form).await.error(), (400, code), "{form:?}");
    }
    assert_eq!(world.get(&own).await.body, before);
}
