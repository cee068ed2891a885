//! Each trap, set alone.

use std::fs;

use emulator::{AccountChange, AccountKind, FailRest, Permission};
use reqwest::Method;

use crate::world::{JAPAN, USA, World};

#[actix_web::test]
async fn all_is_well_after_connect() {
    let world = World::new().await;
    let report = world.doctor();
    report.wrong(&[]);
    report.fine(&[
        "config",
        "store",
        "sign_in",
        "credentials",
        "trial",
        "clock",
        "api_key",
        "twiml_app",
        "line",
        "caller_id",
        "strays",
        "token",
        "public_url",
        "signature",
        "page",
        "sdk",
        "edge",
    ]);
    let output = world.command(&["doctor"]).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success() && text.contains("✔ calls to +81 50-3123-4567 come here"), "{text}");
    assert!(world.emulator.rest_log().iter().rev().take(8).all(|call| call.method == "GET"));
}

#[actix_web::test]
async fn what_somebody_has_changed_in_the_account_is_found() {
    let world = World::new().await;
    let theirs = "https://theirs.example.com/voice";
    world.emulator.set_number_voice_url(JAPAN, theirs);
    let said = world.doctor().wrong(&["line"]);
    assert!(said.contains(theirs) && said.contains("sidetone connect --number +815031234567"), "{said}");

    let account = world.emulator.account().await.unwrap();
    let (app, key) = (&account.applications[0].sid, &account.keys[0].sid);
    world.command(&["connect", "--all-numbers", "--yes", "--force"]).output().unwrap();
    world.doctor().wrong(&[]);
    world.rest(Method::POST, &format!("Applications/{app}.json"), &[("VoiceMethod", "GET")]).await;
    let said = world.doctor().wrong(&["twiml_app"]);
    assert!(said.contains("GET") && said.contains("sidetone connect"), "{said}");
    world.rest(Method::DELETE, &format!("Applications/{app}.json"), &[]).await;
    assert!(world.doctor().wrong(&["twiml_app"]).contains("not in the account"));
    world.command(&["connect", "--all-numbers", "--yes"]).output().unwrap();
    world.doctor().wrong(&[]);

    world.emulator.change(AccountChange::RevokeKey(key.clone()));
    assert!(world.doctor().wrong(&["api_key"]).contains("deleted"));
}

#[actix_web::test]
async fn a_wrong_secret_of_a_good_key_is_found() {
    let world = World::new().await;
    let wrong = [("SIDETONE_TWILIO__API_KEY_SECRET", "ffffffffffffffffffffffffffffffff")];
    let report = world.doctor_with(&wrong);
    assert!(report.wrong(&["api_key"]).contains("secret"));
}

#[actix_web::test]
async fn edges_are_asked_and_one_that_is_down_is_found() {
    let world = World::new().await;
    let edges = [("SIDETONE_EDGES", "tokyo, dublin")];
    world.doctor_with(&edges).wrong(&[]);
    world.emulator.set_edge_down("dublin", true);
    let report = world.doctor_with(&edges);
    let said = report.json.to_string();
    assert!(said.contains("the edge tokyo answers"), "{said}");
    assert!(said.contains("the edge dublin does not answer") && said.contains("503"), "{said}");

    let report = world.doctor_with(&[("SIDETONE_EDGES", "dubln")]);
    let said = report.json.to_string();
    assert!(said.contains("none is called dubln") && said.contains("dublin"), "{said}");
}

#[actix_web::test]
async fn lines_and_numbers_that_do_not_match_are_found() {
    let world = World::new().await;
    world.line(&["add", "+14155550198"]);
    let said = world.doctor().wrong(&["line", "caller_id"]);
    assert!(said.contains("+1 415-555-0198") && said.contains("sidetone line remove"), "{said}");
    world.line(&["remove", "+14155550198"]);
    world.line(&["remove", USA]);
    assert!(world.doctor().wrong(&["strays"]).contains("sidetone line add +12025550143"));
}

#[actix_web::test]
async fn the_state_of_the_account_is_told() {
    let world = World::new().await;
    world.emulator.set_rest_clock_offset(-3600);
    assert!(world.doctor().wrong(&["clock"]).contains("fast"));
    world.emulator.set_rest_clock_offset(0);

    world.emulator.change(AccountChange::Kind(AccountKind::Trial));
    assert!(world.doctor().warned("trial").contains("verified numbers only"));
    world.emulator.change(AccountChange::Kind(AccountKind::Full));

    let nothing = Permission { low_risk: false, high_risk_special: false, high_risk_tollfraud: false };
    let change = AccountChange::Permission { iso_code: "JP".into(), permission: nothing };
    world.emulator.change(change);
    let said = world.doctor().wrong(&["permissions"]);
    assert!(said.contains("Japan") && said.contains("13227"), "{said}");
    // The countries of the dial policy count, not only the lines' own.
    world.doctor_with(&[("SIDETONE_DIAL__COUNTRIES", "US,FR")]).wrong(&[]);
    let report = world.doctor_with(&[("SIDETONE_DIAL__COUNTRIES", "*")]);
    report.wrong(&[]);
    assert!(report.warned("permissions").contains("every country"));

    world.emulator.suspend();
    let report = world.doctor();
    assert_eq!(report.code, 1);
    assert!(report.json.to_string().contains("suspended"), "{:#}", report.json);
}

#[actix_web::test]
async fn wrong_credentials_and_a_broken_twilio_are_told_apart() {
    let world = World::new().await;
    let wrong = [("SIDETONE_TWILIO__AUTH_TOKEN", "ffffffffffffffffffffffffffffffff")];
    let report = world.doctor_with(&wrong);
    // The server runs with the right one.
    assert!(report.wrong(&["credentials", "signature"]).contains("20003"));
    world
        .emulator
        .fail_rest(FailRest::status(500, 6).only("/Accounts/AC00000000000000000000000000000001.json"));
    assert!(world.doctor().wrong(&["credentials"]).contains("status.twilio.com"));
    let nobody = [("SIDETONE_TWILIO_API", "http://127.0.0.1:9")];
    assert!(world.doctor_with(&nobody).wrong(&["credentials"]).contains("does not answer"));
}

#[actix_web::test]
async fn a_server_that_is_not_there_or_not_the_same_is_found() {
    let mut world = World::new().await;
    world.serve(&[("SIDETONE_TWILIO__AUTH_TOKEN", "ffffffffffffffffffffffffffffffff")]).await;
    let said = world.doctor().wrong(&["signature"]);
    assert!(said.contains("another auth token"), "{said}");
    world.serve(&[("SIDETONE_PUBLIC_URL", "https://other.example.com")]).await;
    world.doctor().wrong(&["signature"]);
    world.stop();
    assert!(world.doctor().wrong(&["public_url"]).contains("Is sidetone serve running"));
}

#[actix_web::test]
async fn what_is_missing_on_this_machine_is_found() {
    let mut world = World::new().await;
    let sdk = world.dir().join("dist/twilio.min.js");
    fs::write(&sdk, "var RELEASE_VERSION=\"2.12.3\";").unwrap();
    assert!(world.doctor().wrong(&["sdk"]).contains("2.12.3"));
    fs::remove_file(&sdk).unwrap();
    world.doctor().wrong(&["sdk"]);
    fs::write(&sdk, "var RELEASE_VERSION=\"2.18.5\";").unwrap();
    let report = world.doctor_with(&[("SIDETONE_UI_DIR", "nowhere")]);
    assert!(report.wrong(&["page"]).contains("ui_dir"));
    let report = world.doctor_with(&[("SIDETONE_DATABASE", "nowhere.db")]);
    report.wrong(&["store"]);
    assert!(!world.dir().join("nowhere.db").exists(), "the doctor makes nothing");
    fs::write(world.dir().join("broken.db"), "this is no database, whatever its name says").unwrap();
    world.doctor_with(&[("SIDETONE_DATABASE", "broken.db")]).wrong(&["store"]);

    world.stop();
    let config = world.dir().join("sidetone.toml");
    fs::write(&config, "public_url = \"https://phone.example.com\"\n").unwrap();
    let report = world.doctor();
    assert_eq!(report.code, 2);
    assert!(report.json.to_string().contains("twilio.api_key_sid"), "{:#}", report.json);
}
