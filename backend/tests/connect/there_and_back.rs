//! From nothing to a phone, again, and back.

use std::fs;

use emulator::Number;

use crate::world::{DEMO, HERE, JAPAN, THEIRS, USA, World, account, number};

#[actix_web::test]
async fn shows_first_does_once_and_takes_everything_back() {
    let world = World::new().await;
    let before = world.essence().await;
    let dry = world.connect(&["--public-url", HERE, "--all-numbers", "--dry-run"]).done();
    for words in
        ["make the API key “Sidetone phone.example.com/prod”", "make the TwiML App", DEMO, "+81 50-3123-4567"]
    {
        assert!(dry.out.contains(words), "{words} in {}", dry.out);
    }
    assert_eq!((world.changes(), world.essence().await), (0, before.clone()));
    assert_eq!(fs::read_dir(world.dir()).unwrap().count(), 0, "a dry run writes nothing");

    let first = world.connect_all().done();
    let account = world.account().await;
    assert_eq!((account.keys.len(), account.applications.len()), (1, 1));
    let outgoing = format!("{HERE}/twilio/retrieve_twiml/call_outgoing");
    assert_eq!(account.applications[0].voice.voice_url.as_deref(), Some(outgoing.as_str()));
    for number in &account.numbers {
        let incoming = format!("{HERE}/twilio/retrieve_twiml/call_incoming");
        assert_eq!(number.voice.voice_url.as_deref(), Some(incoming.as_str()));
        let status = format!("{HERE}/twilio/call_status");
        assert_eq!(number.voice.status_callback.as_deref(), Some(status.as_str()));
    }
    let config = fs::read_to_string(world.config()).unwrap();
    for text in [HERE, &account.keys[0].sid, &account.keys[0].secret, &account.applications[0].sid] {
        assert!(config.contains(text), "{text} in the configuration");
    }
    assert!(!first.out.contains(&account.keys[0].secret) && !first.err.contains(&account.keys[0].secret));
    assert_private(&world);
    let lines = world.command(&["line", "list"]).output().unwrap();
    let lines = String::from_utf8(lines.stdout).unwrap();
    assert!(lines.contains("+81 50-3123-4567") && lines.contains("+1 202"), "{lines}");

    // A second run changes nothing, here or there. It knows everything from the configuration.
    let (changes, database) = (world.changes(), fs::read(world.dir().join("sidetone.db")).unwrap());
    let again = crate::world::said(world.command(&["connect", "--all-numbers"]).output().unwrap()).done();
    assert!(again.out.contains("Nothing is to be done"), "{}", again.out);
    assert_eq!(world.changes(), changes, "no POST, no DELETE");
    assert_eq!(fs::read_to_string(world.config()).unwrap(), config);
    assert_eq!(fs::read(world.dir().join("sidetone.db")).unwrap(), database);

    world.connect(&["--undo", "--dry-run"]).done();
    assert_eq!(world.changes(), changes);
    world.undo().done();
    assert_eq!(world.essence().await, before);
    assert!(!world.remembered().exists());
    let config = fs::read_to_string(world.config()).unwrap();
    assert!(
        config.contains("account_sid") && !config.contains("api_key") && !config.contains("application_sid")
    );

    let audit = world.command(&["audit"]).output().unwrap();
    let audit = String::from_utf8(audit.stdout).unwrap();
    for words in ["made the API key", "calls this server", "took back"] {
        assert!(audit.contains(words), "{words} in {audit}");
    }

    let asked = world.emulator.rest_log().len();
    let nothing = world.undo().done();
    assert!(nothing.out.contains("Nothing is to be taken back"), "{}", nothing.out);
    assert_eq!(world.emulator.rest_log().len(), asked, "nobody was even asked");
    // And on again.
    world.connect_all().done();
    world.undo().done();
    assert_eq!(world.essence().await, before);
}

#[cfg(unix)]
fn assert_private(world: &World) {
    use std::os::unix::fs::PermissionsExt;
    for file in [world.config(), world.remembered()] {
        let mode = fs::metadata(&file).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "{}", file.display());
    }
    let remembered = fs::read_to_string(world.remembered()).unwrap();
    assert!(!remembered.contains("secret") && !remembered.contains(crate::world::TOKEN), "{remembered}");
}

#[actix_web::test]
async fn what_is_somebody_elses_needs_force_and_comes_back() {
    let their_app = "AP00000000000000000000000000000001";
    let mut account = account(vec![
        Number { voice_fallback_url: Some(THEIRS.into()), ..number(JAPAN, DEMO) },
        Number { voice_application_sid: Some(their_app.into()), ..number(USA, THEIRS) },
    ]);
    account.application_sid = their_app.into();
    account.voice_url = Some(THEIRS.into());
    let world = World::start(account).await;
    let before = world.essence().await;
    let refused =
        world.connect_all().refused(&["+81 50-3123-4567", "+1 202-555-0143", THEIRS, their_app, "--force"]);
    assert!(refused.out.is_empty(), "{}", refused.out);
    assert_eq!((world.changes(), world.essence().await), (0, before.clone()));
    assert!(!world.config().exists());

    world.connect(&["--public-url", HERE, "--all-numbers", "--yes", "--force"]).done();
    let now = world.account().await;
    assert!(now.numbers.iter().all(|number| number.voice_application_sid.is_empty()));
    assert_eq!(now.applications.len(), 2, "theirs is left alone");
    world.connect_all().done();
    world.undo().done();
    assert_eq!(world.essence().await, before);
}

#[actix_web::test]
async fn a_new_address_moves_everything_and_undo_still_knows_the_first() {
    let world = World::new().await;
    let before = world.essence().await;
    world.connect_all().done();
    let keys = world.account().await.keys;
    world.connect(&["--public-url", "https://moved.example.com", "--all-numbers", "--yes"]).done();
    let account = world.account().await;
    assert_eq!(account.keys.len(), keys.len(), "the key is kept");
    assert_eq!(account.applications.len(), 1);
    assert!(world.essence().await.iter().all(|text| !text.contains("phone.example.com/prod/")));
    world.undo().done();
    assert_eq!(world.essence().await, before);
}

#[actix_web::test]
async fn what_was_changed_by_hand_since_is_left_alone() {
    let world = World::new().await;
    world.connect_all().done();
    world.emulator.set_number_voice_url(USA, THEIRS);
    let undone = world.undo().done();
    assert!(undone.out.contains("left alone") && undone.out.contains(THEIRS), "{}", undone.out);
    let account = world.account().await;
    assert_eq!(account.number(USA).unwrap().voice.voice_url.as_deref(), Some(THEIRS));
    assert_eq!(account.number(JAPAN).unwrap().voice.voice_url.as_deref(), Some(DEMO));
    assert!(account.keys.is_empty() && account.applications.is_empty());
}

#[actix_web::test]
async fn comments_and_other_settings_of_the_file_stay() {
    let world = World::new().await;
    fs::write(
        world.config(),
        "# mine\nring_timeout_s = 25 # long\npublic_url = \"https://phone.example.com\"\n",
    )
    .unwrap();
    world.connect(&["--number", "+81 50-3123-4567", "--yes"]).done();
    let config = fs::read_to_string(world.config()).unwrap();
    assert!(
        config
            .starts_with("# mine\nring_timeout_s = 25 # long\npublic_url = \"https://phone.example.com\"\n")
    );
    let account = world.account().await;
    assert_eq!(account.number(USA).unwrap().voice.voice_url, None, "only what was asked for");
}

#[actix_web::test]
async fn a_revoked_key_is_replaced() {
    let world = World::new().await;
    world.connect_all().done();
    let old = world.account().await.keys[0].sid.clone();
    world.emulator.change(emulator::AccountChange::RevokeKey(old.clone()));
    let said = world.connect_all().done();
    assert!(said.err.contains(&old), "{}", said.err);
    let keys = world.account().await.keys;
    assert!(keys.len() == 1 && keys[0].sid != old);
    let config = fs::read_to_string(world.config()).unwrap();
    assert!(config.contains(&keys[0].sid) && config.contains(&keys[0].secret) && !config.contains(&old));
}

#[actix_web::test]
async fn every_page_of_numbers_is_read() {
    let numbers: Vec<_> = (0..120).map(|i| format!("+81503123{i:04}")).collect();
    let world = World::start(account(numbers.iter().map(|n| number(n, DEMO)).collect())).await;
    world
        .connect(&["--public-url", HERE, "--number", &numbers[0], "--number", &numbers[119], "--yes"])
        .done();
    let account = world.account().await;
    let here = |number: &str| account.number(number).unwrap().voice.voice_url.as_deref() != Some(DEMO);
    assert!(here(&numbers[0]) && here(&numbers[119]) && !here(&numbers[60]));
    let pages = world
        .emulator
        .rest_log()
        .iter()
        .filter(|call| call.path.ends_with("IncomingPhoneNumbers.json"))
        .count();
    assert_eq!(pages, 3);
}

#[actix_web::test]
async fn a_dry_run_leaves_an_older_database_as_it_is() {
    let world = World::new().await;
    let database = world.dir().join("sidetone.db");
    // A database without any table yet.
    fs::write(&database, "").unwrap();
    let dry = world.connect(&["--public-url", HERE, "--all-numbers", "--dry-run"]).done();
    assert!(dry.out.contains("update the database"), "{}", dry.out);
    assert_eq!(fs::read(&database).unwrap(), b"");
    assert_eq!(fs::read_dir(world.dir()).unwrap().count(), 1, "nor anything beside it");
    world.connect_all().done();
    let again = world.connect_all().done();
    assert!(again.out.contains("Nothing is to be done"), "{}", again.out);
}
