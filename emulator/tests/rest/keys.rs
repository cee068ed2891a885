use reqwest::Method;

use crate::world::{World, read, texts};

#[actix_web::test]
async fn a_secret_is_told_once() {
    let mut world = World::start().await;
    let keys = world.path("/Keys.json");
    let made = world.post(&keys, &[("FriendlyName", "sidetone")]).await;
    assert_eq!((made.status, &made.body["friendly_name"]), (201, &"sidetone".into()));
    let (sid, secret) = (made.body["sid"].as_str().unwrap(), made.body["secret"].as_str().unwrap());
    assert!(sid.starts_with("SK") && sid.len() == 34 && secret.len() == 32);
    let own = world.path(&format!("/Keys/{sid}.json"));
    for path in [&own, &keys] {
        let body = world.get(path).await.body.to_string();
        assert!(body.contains(sid) && !body.contains(secret));
    }
    let renamed = world.post(&own, &[("FriendlyName", "other")]).await;
    assert_eq!((renamed.status, &renamed.body["friendly_name"]), (200, &"other".into()));

    let (user, password) = (world.user.clone(), world.password.clone());
    world.sign_in(sid, secret);
    assert_eq!(world.get(&world.path("/Applications.json")).await.status, 200);
    world.sign_in(&user, &password);
    assert_eq!(world.delete(&own).await.status, 204);
    assert_eq!(world.get(&own).await.error(), (404, 20404));
    assert_eq!(world.delete(&own).await.error(), (404, 20404));
    assert_eq!(texts(&world.get(&keys).await.body["keys"], "sid"), [world.account.api_key_sid.clone()]);
    world.sign_in(sid, secret);
    assert_eq!(world.get(&world.path("/Applications.json")).await.error(), (401, 20003));
}

#[actix_web::test]
async fn a_name_is_not_too_long_and_an_empty_account_has_no_key() {
    let world = World::with(|account| account.api_key_sid = String::new()).await;
    let keys = world.path("/Keys.json");
    assert_eq!(world.get(&keys).await.body["keys"], serde_json::json!([]));
    assert_eq!(world.post(&keys, &[("FriendlyName", &"x".repeat(65))]).await.error(), (400, 70001));
    let nameless = read(world.send(Method::POST, &keys, &[]).await).await;
    assert_eq!((nameless.status, &nameless.body["friendly_name"]), (201, &"".into()));
}
