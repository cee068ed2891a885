//! Bad input: clear words, and nothing is changed.

use std::fs;

use emulator::Number;

use crate::world::{HERE, JAPAN, Said, THEIRS, World, account, number, said};

/// Fails with these words, and nothing was changed here or there.
async fn refused(world: &World, args: &[&str], words: &[&str]) -> Said {
    let (changes, before, there) = (world.changes(), world.essence().await, files(world));
    let said = world.connect(args).refused(words);
    assert_eq!((world.changes(), world.essence().await, files(world)), (changes, before, there), "{args:?}");
    said
}

fn files(world: &World) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<_> = fs::read_dir(world.dir())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.display().to_string(), fs::read(&path).unwrap_or_default()))
        .collect();
    files.sort();
    files
}

#[actix_web::test]
async fn addresses_with_a_typo_are_refused_before_anybody_is_asked() {
    let world = World::new().await;
    for (url, word) in [
        ("http://phone.example.com", "https://"),
        ("phone.example.com", "absolute"),
        ("htps://phone.example.com", "https://"),
        ("https://phone.example.com/?x=1", "query"),
        ("https://phone.example.com/#a", "fragment"),
        ("https://user:pass@phone.example.com", "password"),
        ("https://phone.example.com//prod", "path"),
        ("https://", "absolute"),
    ] {
        refused(&world, &["--public-url", url, "--all-numbers", "--yes"], &[word]).await;
    }
    assert!(world.emulator.rest_log().is_empty());
}

#[actix_web::test]
async fn what_is_missing_is_named_with_its_option() {
    let world = World::new().await;
    refused(&world, &["--all-numbers", "--yes"], &["--public-url"]).await;
    refused(&world, &["--public-url", HERE, "--yes"], &["--number", "--all-numbers", "+81 50-3123-4567"])
        .await;
    refused(&world, &["--public-url", HERE, "--all-numbers"], &["--yes", "--dry-run"]).await;
    let without = |variable: &str| {
        let mut command = world.command(&["connect", "--public-url", HERE, "--all-numbers", "--yes"]);
        command.envs(crate::world::credentials()).env_remove(variable);
        said(command.output().unwrap())
    };
    without("SIDETONE_TWILIO__ACCOUNT_SID").refused(&["SIDETONE_TWILIO__ACCOUNT_SID"]);
    without("SIDETONE_TWILIO__AUTH_TOKEN").refused(&["SIDETONE_TWILIO__AUTH_TOKEN"]);
}

#[actix_web::test]
async fn wrong_credentials_are_explained() {
    let world = World::new().await;
    let with = |variable: &str, value: &str| {
        let mut command = world.command(&["connect", "--public-url", HERE, "--all-numbers", "--yes"]);
        command.envs(crate::world::credentials()).env(variable, value);
        said(command.output().unwrap())
    };
    let sid = "SIDETONE_TWILIO__ACCOUNT_SID";
    with(sid, "AC00000000000000000000000000000009").refused(&["20003", "Account SID and auth token"]);
    with(sid, "SK00000000000000000000000000000001").refused(&["API key", "AC and 32"]);
    let token = "SIDETONE_TWILIO__AUTH_TOKEN";
    let wrong = "ffffffffffffffffffffffffffffffff";
    let refused = with(token, wrong).refused(&["20003"]);
    assert!(!refused.err.contains(wrong));
    with(token, "too short").refused(&["32 letters"]);
    // The token is sent to nobody who only says that he is Twilio.
    with("SIDETONE_TWILIO_API", "http://api.twilio.example.com").refused(&["SIDETONE_TWILIO_API must be"]);
    assert_eq!(fs::read_dir(world.dir()).unwrap().count(), 0);
    assert_eq!(world.changes(), 0);
}

#[actix_web::test]
async fn numbers_must_be_the_accounts_and_carry_calls() {
    let text_only = Number { text_only: true, ..number("+14155550198", "") };
    let world = World::start(account(vec![number(JAPAN, ""), text_only.clone()])).await;
    let with = |number: &'static str| ["--public-url", HERE, "--number", number, "--yes"];
    refused(&world, &with("+14155550199"), &["not in this account", "+1 415-555-0199", "+81 50-3123-4567"])
        .await;
    refused(&world, &with("+14155550198"), &["not able to carry calls"]).await;
    refused(&world, &with("050-3123-4567"), &["country"]).await;
    refused(&world, &with("hello"), &["hello"]).await;

    let world = World::start(account(vec![text_only])).await;
    refused(
        &world,
        &["--public-url", HERE, "--all-numbers", "--yes"],
        &["no phone number that can carry calls"],
    )
    .await;
}

#[actix_web::test]
async fn an_account_that_does_not_work_is_left_alone() {
    let world = World::new().await;
    world.emulator.suspend();
    let all = ["--public-url", HERE, "--all-numbers", "--yes"];
    refused(&world, &all, &["suspended"]).await;
    refused(
        &World::new().await,
        &["--public-url", HERE, "--all-numbers", "--yes", "--undo"],
        &["cannot be used"],
    )
    .await;
}

#[actix_web::test]
async fn a_place_that_cannot_be_written_is_found_out_first() {
    let world = World::new().await;
    let nowhere =
        ["--public-url", HERE, "--all-numbers", "--yes", "--config", "no/such/folder/sidetone.toml"];
    refused(&world, &nowhere, &["cannot write", "--config"]).await;
    fs::create_dir(world.dir().join("folder.toml")).unwrap();
    let folder = ["--public-url", HERE, "--all-numbers", "--yes", "--config", "folder.toml"];
    refused(&world, &folder, &["folder.toml"]).await;
    fs::write(world.config(), "public_url = [").unwrap();
    refused(&world, &["--all-numbers", "--yes"], &["not TOML"]).await;
    fs::write(world.config(), "database = 7\n").unwrap();
    refused(&world, &["--public-url", HERE, "--all-numbers", "--yes"], &["database"]).await;
}

#[actix_web::test]
async fn a_damaged_memory_is_not_overwritten() {
    let world = World::new().await;
    fs::write(world.remembered(), "{ not json").unwrap();
    refused(&world, &["--public-url", HERE, "--all-numbers", "--yes"], &["damaged"]).await;
    refused(&world, &["--undo", "--yes"], &["damaged"]).await;
}

#[actix_web::test]
async fn the_memory_of_another_account_is_kept() {
    let world = World::new().await;
    world.connect_all().done();
    let other = "AC00000000000000000000000000000002";
    let elsewhere =
        World::start(emulator::Account { sid: other.into(), ..account(vec![number(JAPAN, THEIRS)]) }).await;
    let mut command = world.command(&["connect", "--all-numbers", "--yes"]);
    command.envs(crate::world::credentials());
    command.env("SIDETONE_TWILIO__ACCOUNT_SID", other).env("SIDETONE_TWILIO_API", elsewhere.emulator.url());
    said(command.output().unwrap()).refused(&["AC00000000000000000000000000000001", "--undo"]);
    assert_eq!(elsewhere.changes(), 0);
}
