use std::time::Duration;

use emulator::FailRest;
use reqwest::Method;

use crate::world::World;

#[actix_web::test]
async fn ordered_failures_come_as_often_as_ordered() {
    let world = World::start().await;
    let path = world.path("/Applications.json");
    world.emulator.fail_rest(FailRest::status(429, 1).retry_after(3));
    let refused = world.send(Method::GET, &path, &[]).await;
    assert_eq!((refused.status().as_u16(), &refused.headers()["retry-after"]), (429, &"3".parse().unwrap()));
    world.emulator.fail_rest(FailRest::status(503, 2).only("/Keys"));
    assert_eq!(world.get(&path).await.status, 200);
    assert_eq!(world.get(&world.path("/Keys.json")).await.error(), (503, 20503));
    assert_eq!(world.get(&world.path("/Keys.json")).await.error(), (503, 20503));
    assert_eq!(world.get(&world.path("/Keys.json")).await.status, 200);
    world.emulator.fail_rest(FailRest::status(500, 1));
    assert_eq!(world.get(&path).await.error(), (500, 20500));
}

#[actix_web::test]
async fn a_lost_answer_is_not_a_lost_deed() {
    let world = World::start().await;
    let path = world.path("/Applications.json");
    let count = async || world.get(&path).await.body["applications"].as_array().unwrap().len();
    world.emulator.fail_rest(FailRest::status(500, 1));
    assert_eq!(world.post(&path, &[("FriendlyName", "a")]).await.status, 500);
    assert_eq!(count().await, 1);
    world.emulator.fail_rest(FailRest::status(500, 1).after_the_deed());
    assert_eq!(world.post(&path, &[("FriendlyName", "a")]).await.status, 500);
    assert_eq!(count().await, 2);
}

#[actix_web::test]
async fn a_slow_answer_comes() {
    let world = World::start().await;
    let delay = Duration::from_millis(120);
    world.emulator.fail_rest(FailRest::slow(delay, 1));
    let start = std::time::Instant::now();
    assert_eq!(world.get(&world.path(".json")).await.status, 200);
    assert!(start.elapsed() >= delay);
}

#[actix_web::test]
async fn the_clock_of_the_service_can_be_wrong() {
    let world = World::start().await;
    let date = async || {
        let answer = world.send(Method::GET, &world.path(".json"), &[]).await;
        assert_eq!(answer.headers().get_all("date").iter().count(), 1);
        let text = answer.headers()["date"].to_str().unwrap().to_owned();
        jiff::fmt::rfc2822::parse(&text.replace("GMT", "+0000")).unwrap().timestamp().as_second()
    };
    let now = || jiff::Timestamp::now().as_second();
    let before = date().await;
    assert!((before - now()).abs() <= 2);
    world.emulator.set_rest_clock_offset(-900);
    assert!((date().await + 900 - now()).abs() <= 2);
}

#[actix_web::test]
async fn everything_that_was_asked_is_written_down() {
    let world = World::start().await;
    let path = world.path("/Applications.json");
    world.get(&format!("{path}?FriendlyName=a%20b")).await;
    world.post(&path, &[("FriendlyName", "x")]).await;
    let log = world.emulator.rest_log();
    let seen: Vec<_> =
        log.iter().map(|call| (call.method.as_str(), call.path.as_str(), call.status)).collect();
    assert_eq!(seen, [("GET", path.as_str(), 200), ("POST", path.as_str(), 201)]);
    assert_eq!(log[0].query, [("FriendlyName".to_owned(), "a b".to_owned())]);
    assert_eq!(log[1].form, [("FriendlyName".to_owned(), "x".to_owned())]);
    assert_eq!(log[1].user.as_deref(), Some(world.user.as_str()));
    assert!(!format!("{log:?}{:?}", world.emulator.timeline().entries()).contains(&world.password));
    let account = world.emulator.account().await.unwrap();
    assert_eq!(account.applications.len(), 2);
}
