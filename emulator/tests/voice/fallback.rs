use emulator::{Account, EndReason, Event};

use crate::world::{LINE, OUTSIDE, PATIENCE, World};

#[actix_web::test]
async fn the_fallback_url_is_asked_when_the_first_one_fails() {
    let world = World::with(|config| {
        let number = &mut config.account.numbers[0];
        number.voice_fallback_url = number.voice_url.as_ref().map(|url| url.replace("/in", "/fallback"));
    })
    .await;
    world.application.raw("/in", 500, "text/plain", "broken");
    world.application.twiml("/fallback", "<Reject/>");
    let call = world.emulator.phone(OUTSIDE).call(LINE).await.unwrap();
    assert_eq!(call.wait_ended(PATIENCE).await, Ok(EndReason::NoAnswer));
    let asked = world.request("/fallback", |_| true).await;
    assert_eq!(asked.get("ErrorCode"), "11200");
    assert_eq!(asked.get("ErrorUrl"), world.application.url("/in"));
    assert_eq!((asked.get("From"), asked.get("CallStatus")), (OUTSIDE, "ringing"));

    // It is asked once: when it fails as well, the call is lost.
    world.application.raw("/fallback", 200, "application/json", "{}");
    let call = world.emulator.phone(OUTSIDE).call(LINE).await.unwrap();
    call.wait_ended(PATIENCE).await.unwrap();
    world.fault(12300).await;
    assert_eq!(world.requests("/fallback").len(), 2);
}

#[actix_web::test]
async fn webhooks_are_signed_with_the_token_that_is_primary_now() {
    let secondary = "fedcba9876543210fedcba9876543210";
    let world = World::with(|config| config.account.secondary_auth_token = Some(secondary.into())).await;
    world.application.twiml("/in", "<Reject/>");
    let url = world.application.url("/in");
    let signed = async || {
        let before = world.requests("/in").len();
        let call = world.emulator.phone(OUTSIDE).call(LINE).await.unwrap();
        call.wait_ended(PATIENCE).await.unwrap();
        let entries = world.emulator.timeline().entries();
        let request = entries.iter().filter_map(|entry| match &entry.event {
            Event::WebhookRequest { url: asked, params, signature, .. } if *asked == url => {
                Some((params.clone(), signature.clone()))
            }
            _ => None,
        });
        request.clone().nth(before).unwrap()
    };
    let expect = |token: &str, url: &str, params: &[(String, String)]| {
        emulator::webhook::signature(token, url, params)
    };
    let primary = Account::default().auth_token;
    let (params, signature) = signed().await;
    assert_eq!(signature, expect(&primary, &url, &params));
    world.emulator.promote_secondary_token();
    let (params, signature) = signed().await;
    assert_eq!(signature, expect(secondary, &url, &params));
    world.emulator.set_strip_port(true);
    let (params, signature) = signed().await;
    assert_eq!(signature, expect(secondary, "http://127.0.0.1/in", &params));
}
