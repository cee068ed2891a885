//! A Twilio that is busy, broken, or loses its answers.

use std::time::Duration;

use emulator::FailRest;

use crate::world::World;

#[actix_web::test]
async fn what_fails_for_a_while_is_tried_again() {
    let world = World::new().await;
    let before = world.essence().await;
    world.emulator.fail_rest(FailRest::status(429, 2).retry_after(0).only("IncomingPhoneNumbers"));
    world.emulator.fail_rest(FailRest::status(503, 1).retry_after(0).only("Keys"));
    world.emulator.fail_rest(FailRest::status(500, 1).only("Applications"));
    world.emulator.fail_rest(FailRest::slow(Duration::from_millis(300), 1).only("Accounts"));
    world.connect_all().done();
    let account = world.account().await;
    assert_eq!((account.keys.len(), account.applications.len()), (1, 1));
    world.emulator.fail_rest(FailRest::status(429, 3).retry_after(0));
    world.undo().done();
    assert_eq!(world.essence().await, before);
}

#[actix_web::test]
async fn an_answer_that_was_lost_makes_nothing_twice() {
    let world = World::new().await;
    let before = world.essence().await;
    world.connect(&["--public-url", crate::world::HERE, "--all-numbers", "--dry-run"]).done();
    // The lists come first: two reads of each, then the request that makes something.
    for path in ["Keys", "Applications"] {
        // Reading is answered late here, so that only what makes something fails.
        world.emulator.fail_rest(FailRest::slow(Duration::ZERO, 1).only(path));
        world.emulator.fail_rest(FailRest::status(502, 1).only(path).after_the_deed());
    }
    world.connect_all().done();
    let account = world.account().await;
    assert_eq!((account.keys.len(), account.applications.len()), (1, 1));
    let config = std::fs::read_to_string(world.config()).unwrap();
    assert!(config.contains(&account.keys[0].secret) && config.contains(&account.applications[0].sid));
    world.undo().done();
    assert_eq!(world.essence().await, before);
}

#[actix_web::test]
async fn what_fails_for_good_is_explained_and_can_be_taken_back() {
    let world = World::new().await;
    let before = world.essence().await;
    // One page of numbers is read, then the numbers cannot be changed.
    world.emulator.fail_rest(FailRest::status(400, 1).only("IncomingPhoneNumbers/"));
    world.connect_all().refused(&["change the phone number", "HTTP 400", "error"]);
    assert_ne!(world.essence().await, before, "it got so far");
    // Finished by the next run, with what is there already.
    world.connect_all().done();
    let account = world.account().await;
    assert_eq!((account.keys.len(), account.applications.len()), (1, 1));

    world.emulator.fail_rest(FailRest::status(400, 1).only("IncomingPhoneNumbers/"));
    world.undo().refused(&["1 of the steps failed", "run this again"]);
    world.undo().done();
    assert_eq!(world.essence().await, before);
}

/// Twilio shows the secret of an API key once: a run that fails right afterwards must not lose it.
#[actix_web::test]
async fn a_key_that_was_made_before_a_failure_is_used_by_the_next_run() {
    let world = World::new().await;
    // The list of TwiML Apps is read, then none can be made.
    world.emulator.fail_rest(FailRest::slow(Duration::ZERO, 1).only("Applications"));
    world.emulator.fail_rest(FailRest::status(400, 1).only("Applications"));
    world.connect_all().refused(&["HTTP 400"]);
    let made = world.account().await;
    assert_eq!((made.keys.len(), made.applications.len()), (1, 0));
    let config = std::fs::read_to_string(world.config()).unwrap();
    assert!(config.contains(&made.keys[0].sid) && config.contains(&made.keys[0].secret));

    world.connect_all().done();
    let account = world.account().await;
    assert_eq!((account.keys.len(), account.applications.len()), (1, 1), "no second key");
    assert_eq!(account.keys[0].sid, made.keys[0].sid);
}

#[actix_web::test]
async fn nobody_there_is_said_with_the_host() {
    let world = World::new().await;
    let mut command =
        world.command(&["connect", "--public-url", crate::world::HERE, "--all-numbers", "--yes"]);
    command.envs(crate::world::credentials()).env("SIDETONE_TWILIO_API", "http://127.0.0.1:9");
    crate::world::said(command.output().unwrap()).refused(&["127.0.0.1:9 does not answer", "connected"]);
}
