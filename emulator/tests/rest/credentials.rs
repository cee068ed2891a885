use emulator::KeyKind;
use emulator::account::AccountChange;
use reqwest::{Client, Method};

use crate::world::World;

#[actix_web::test]
async fn the_account_tells_about_itself() {
    let world = World::start().await;
    let account = world.get(&world.path(".json")).await;
    assert_eq!(account.status, 200);
    assert_eq!(account.body["sid"], world.account.sid);
    assert_eq!((&account.body["status"], &account.body["type"]), (&"active".into(), &"Full".into()));
    assert_eq!(account.body["date_created"], "Mon, 01 Jan 2024 00:00:00 +0000");
    assert!(!account.body.to_string().contains(&world.account.auth_token));
    let balance = world.get(&world.path("/Balance.json")).await;
    assert_eq!(balance.body["currency"], "USD");
}

#[actix_web::test]
async fn only_the_right_credentials_open_the_door() {
    let mut world = World::start().await;
    let account = world.account.clone();
    let (path, numbers) = (world.path(".json"), world.path("/IncomingPhoneNumbers.json"));
    for (user, password) in [
        (account.sid.as_str(), "wrong"),
        ("AC99999999999999999999999999999999", account.auth_token.as_str()),
        (account.sid.as_str(), account.api_key_secret.as_str()),
        (account.api_key_sid.as_str(), account.auth_token.as_str()),
        ("", ""),
    ] {
        world.sign_in(user, password);
        assert_eq!(world.get(&path).await.error(), (401, 20003), "{user}");
        assert_eq!(world.get(&numbers).await.error(), (401, 20003), "{user}");
    }
    let none = Client::new().get(format!("{}{path}", world.emulator.url())).send().await.unwrap();
    assert_eq!(none.status(), 401);
    assert!(none.headers()["www-authenticate"].to_str().unwrap().starts_with("Basic"));

    world.sign_in(&account.sid, account.secondary_auth_token.as_deref().unwrap());
    assert_eq!(world.get(&path).await.status, 200);
    world.emulator.promote_secondary_token();
    assert_eq!(world.get(&path).await.status, 200);
    world.sign_in(&account.sid, &account.auth_token);
    assert_eq!(world.get(&path).await.error(), (401, 20003));
}

#[actix_web::test]
async fn a_standard_key_sees_neither_the_account_nor_its_keys() {
    let mut world = World::start().await;
    let account = world.account.clone();
    world.sign_in(&account.api_key_sid, &account.api_key_secret);
    assert_eq!(world.get(&world.path(".json")).await.error(), (401, 20003));
    assert_eq!(world.get(&world.path("/Keys.json")).await.error(), (401, 20003));
    assert_eq!(world.post(&world.path("/Keys.json"), &[("FriendlyName", "x")]).await.status, 401);
    for open in
        ["/Applications.json", "/IncomingPhoneNumbers.json", "/OutgoingCallerIds.json", "/Balance.json"]
    {
        assert_eq!(world.get(&world.path(open)).await.status, 200, "{open}");
    }
    world.emulator.change(AccountChange::RevokeKey(account.api_key_sid.clone()));
    assert_eq!(world.get(&world.path("/Applications.json")).await.error(), (401, 20003));

    let mut world = World::with(|account| account.api_key_kind = KeyKind::Main).await;
    world.sign_in(&account.api_key_sid, &account.api_key_secret);
    assert_eq!(world.get(&world.path(".json")).await.status, 200);
    assert_eq!(world.get(&world.path("/Keys.json")).await.status, 200);
}

#[actix_web::test]
async fn what_is_not_there_is_not_found() {
    let world = World::start().await;
    let strange = "/2010-04-01/Accounts/AC99999999999999999999999999999999";
    for path in [
        format!("{strange}.json"),
        format!("{strange}/IncomingPhoneNumbers.json"),
        world.path("/IncomingPhoneNumbers/PN99999999999999999999999999999999.json"),
        world.path("/Applications/AP99999999999999999999999999999999.json"),
        world.path("/Keys/SK99999999999999999999999999999999.json"),
        world.path("/Nonsense.json"),
        world.path("/Nonsense"),
        world.path("/Applications/AP99999999999999999999999999999999/Nonsense.json"),
        "/2010-04-01".into(),
        "/2010-04-01/Nonsense.json".into(),
        "/v1/DialingPermissions/Nonsense".into(),
        "/v1/DialingPermissions/Countries/XX".into(),
    ] {
        assert_eq!(world.get(&path).await.error(), (404, 20404), "{path}");
    }
    let refused = world.send(Method::PUT, &world.path("/Applications.json"), &[]).await;
    assert_eq!(refused.status(), 405);
}

#[actix_web::test]
async fn a_suspended_account_only_tells_that_it_is() {
    let world = World::start().await;
    world.emulator.suspend();
    assert_eq!(world.get(&world.path(".json")).await.body["status"], "suspended");
    assert_eq!(world.get(&world.path("/Applications.json")).await.error(), (403, 20005));
    let permissions = world.get("/v1/DialingPermissions/Countries/JP").await;
    assert_eq!(permissions.error(), (403, 20005));
}
