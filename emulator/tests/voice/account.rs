use emulator::account::AccountChange;
use emulator::{Account, AccountKind, CallError, EndReason, Permission};
use reqwest::{Client, Method};
use serde_json::Value;

use crate::browser::Browser;
use crate::token::token;
use crate::world::{ECHO, LINE, OUTSIDE, PATIENCE, World, text};

/// Asks the REST API as the owner.
async fn rest(world: &World, method: Method, path: &str, form: &[(&str, &str)]) -> Value {
    let account = &world.account;
    let url = format!("{}/2010-04-01/Accounts/{}{path}", world.emulator.url(), account.sid);
    let request = Client::new().request(method, url).basic_auth(&account.sid, Some(&account.auth_token));
    let answer = request.form(form).send().await.unwrap();
    assert!(answer.status().is_success(), "{}", answer.status());
    serde_json::from_str(&answer.text().await.unwrap()).unwrap_or_default()
}

/// A key and an app made by REST.
async fn made(world: &World) -> Account {
    let key = rest(world, Method::POST, "/Keys.json", &[("FriendlyName", "phone")]).await;
    let form =
        [("VoiceUrl", world.application.url("/second")), ("StatusCallback", world.application.url("/ended"))];
    let form = form.each_ref().map(|(name, value)| (*name, value.as_str()));
    let application = rest(world, Method::POST, "/Applications.json", &form).await;
    Account {
        api_key_sid: text(&key, "sid").into(),
        api_key_secret: text(&key, "secret").into(),
        application_sid: text(&application, "sid").into(),
        ..world.account.clone()
    }
}

#[actix_web::test]
async fn a_key_and_an_app_made_by_rest_carry_a_call() {
    let world = World::start().await;
    let account = made(&world).await;
    world.application.twiml("/second", "<Reject/>");
    let mut browser = Browser::open(&world.emulator.url()).await;
    browser.register(&token(&account, "alice", 3600)).await;
    browser.dial("To=x").await;
    browser.expect("hangup").await;
    let asked = world.request("/second", |_| true).await;
    assert_eq!(asked.get("ApplicationSid"), account.application_sid);
    assert!(world.requests("/out").is_empty());
    let ended = world.request("/ended", |_| true).await;
    assert_eq!((ended.get("From"), ended.get("CallStatus")), ("client:alice", "no-answer"));

    let gone = format!("/Applications/{}.json", account.application_sid);
    rest(&world, Method::DELETE, &gone, &[]).await;
    browser.dial("To=x").await;
    assert_eq!(browser.expect("error").await["error"]["code"], 31001);
}

#[actix_web::test]
async fn a_revoked_key_signs_nothing() {
    let world = World::start().await;
    let account = made(&world).await;
    rest(&world, Method::DELETE, &format!("/Keys/{}.json", account.api_key_sid), &[]).await;
    let mut browser = Browser::open(&world.emulator.url()).await;
    browser.listen(&token(&account, "alice", 3600)).await;
    assert_eq!(browser.expect("error").await["error"]["code"], 31204);
    // The other key is as good as before.
    world.browser("bob").await;
}

#[actix_web::test]
async fn a_number_obeys_its_app_and_the_urls_that_rest_gave_it() {
    let world = World::start().await;
    let account = made(&world).await;
    for path in ["/second", "/third"] {
        world.application.twiml(path, "<Reject/>");
    }
    let list = rest(&world, Method::GET, "/IncomingPhoneNumbers.json", &[]).await;
    let own = format!("/IncomingPhoneNumbers/{}.json", text(&list["incoming_phone_numbers"][0], "sid"));
    let call = async || {
        let call = world.emulator.phone(OUTSIDE).call(LINE).await.unwrap();
        assert_eq!(call.wait_ended(PATIENCE).await, Ok(EndReason::NoAnswer));
    };
    rest(&world, Method::POST, &own, &[("VoiceApplicationSid", &account.application_sid)]).await;
    call().await;
    let asked = world.request("/second", |_| true).await;
    assert_eq!((asked.get("To"), asked.get("ApplicationSid")), (LINE, account.application_sid.as_str()));
    world.request("/ended", |params| params.get("To") == LINE).await;
    let third = format!("{}?a=1", world.application.url("/third"));
    let form = [("VoiceApplicationSid", ""), ("VoiceUrl", &third), ("VoiceMethod", "GET")];
    rest(&world, Method::POST, &own, &form).await;
    call().await;
    world.happens(|entry| format!("{:?}", entry.event).contains("/third?a=1&AccountSid=")).await;
}

#[actix_web::test]
async fn nobody_calls_a_suspended_account() {
    let world = World::start().await;
    let mut browser = world.browser("alice").await;
    world.emulator.suspend();
    let refused = world.emulator.phone(OUTSIDE).call(LINE).await;
    assert_eq!(refused.map(|_| ()), Err(CallError::AccountNotActive));
    browser.dial("To=x").await;
    assert_eq!(browser.expect("error").await["error"]["code"], 31002);
    world.fault(10001).await;
}

async fn dial(world: &World, browser: &mut Browser, caller_id: &str, number: &str) -> String {
    let verb =
        format!("<Dial callerId=\"{caller_id}\" answerOnBridge=\"true\" action=\"/done\">{number}</Dial>");
    world.application.twiml("/out", &verb);
    world.application.twiml("/done", "<Hangup/>");
    let before = world.requests("/done").len();
    let temporary = browser.dial("To=x").await;
    if number == ECHO {
        browser.expect("ringing").await;
        browser.expect("answer").await;
        browser.send("hangup", serde_json::json!({"callsid": temporary})).await;
    } else {
        browser.expect("hangup").await;
    }
    world.request("/done", |_| world.requests("/done").len() > before).await;
    world.requests("/done").last().unwrap().get("DialCallStatus").to_owned()
}

#[actix_web::test]
async fn a_country_without_permission_is_not_called() {
    let world = World::with(|config| config.account.disabled_countries = vec!["DE".into()]).await;
    let mut browser = world.browser("alice").await;
    assert_eq!(dial(&world, &mut browser, LINE, "+4930123456").await, "failed");
    world.fault(13227).await;
    assert_eq!(dial(&world, &mut browser, LINE, "+999123456").await, "failed");
    world.fault(13226).await;
    assert_eq!(dial(&world, &mut browser, LINE, ECHO).await, "completed");
    let off = AccountChange::Permission { iso_code: "US".into(), permission: Permission::NONE };
    world.emulator.change(off);
    assert_eq!(dial(&world, &mut browser, LINE, "+15550109999").await, "failed");
}

#[actix_web::test]
async fn a_trial_account_calls_verified_numbers_only() {
    let world = World::with(|config| {
        config.account.kind = AccountKind::Trial;
        config.account.outgoing_caller_ids = vec![ECHO.into()];
    })
    .await;
    let mut browser = world.browser("alice").await;
    assert_eq!(dial(&world, &mut browser, LINE, OUTSIDE).await, "failed");
    world.fault(21219).await;
    assert_eq!(dial(&world, &mut browser, LINE, ECHO).await, "completed");
}

#[actix_web::test]
async fn a_verified_number_may_be_shown() {
    let verified = "+819011112222";
    let world = World::with(|config| config.account.outgoing_caller_ids = vec![verified.into()]).await;
    let mut browser = world.browser("alice").await;
    assert_eq!(dial(&world, &mut browser, verified, ECHO).await, "completed");
    assert_eq!(dial(&world, &mut browser, "+819011113333", OUTSIDE).await, "failed");
    world.fault(13214).await;
}
