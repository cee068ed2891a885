//! A run that is stopped at any of its steps.

use std::time::{Duration, Instant};

use emulator::FailRest;

use crate::world::{HERE, World, credentials};

/// Kills a run as soon as it has asked for `n` changes; whether the last one is done is left to chance.
async fn killed_at(world: &World, n: usize) {
    world.emulator.fail_rest(FailRest::slow(Duration::from_millis(100), 1000));
    let mut command = world.command(&["connect", "--public-url", HERE, "--all-numbers", "--yes"]);
    let mut child = command.envs(credentials()).spawn().unwrap();
    let patience = Instant::now() + Duration::from_secs(60);
    while world.changes() < n && child.try_wait().unwrap().is_none() {
        assert!(Instant::now() < patience, "it never came so far");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    drop(child.kill());
    child.wait().unwrap();
}

#[actix_web::test]
async fn can_be_taken_back_from_every_step() {
    // Key, TwiML App, two numbers.
    for n in 1..=4 {
        let world = World::new().await;
        let before = world.essence().await;
        killed_at(&world, n).await;
        assert!(world.remembered().exists(), "step {n}");
        world.undo().done();
        assert_eq!(world.essence().await, before, "step {n}");
    }
}

#[actix_web::test]
async fn can_be_finished_by_another_run() {
    let world = World::new().await;
    let before = world.essence().await;
    killed_at(&world, 3).await;
    world.connect_all().done();
    let account = world.account().await;
    assert_eq!(account.applications.len(), 1);
    let again = world.connect_all().done();
    assert!(again.out.contains("Nothing is to be done"), "{}", again.out);
    world.undo().done();
    assert_eq!(world.essence().await, before);
}
