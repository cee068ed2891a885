//! Twilio's own Node library reads what the emulator's REST API says.

use std::path::Path;
use std::time::Duration;

use emulator::{Account, Config, Emulator, Number};
use serde_json::{Value, json};
use tokio::process::Command;

const LINE: &str = "+815031234567";
const VERIFIED: &str = "+819011112222";
const PATIENCE: Duration = Duration::from_secs(60);

async fn node(emulator: &Emulator, account: &Account) -> Value {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    let run = Command::new("node")
        // The folder of the libraries may be a link.
        .arg("--preserve-symlinks")
        .arg(tests.join("peers/rest.mjs"))
        .args([&emulator.url(), &account.sid, &account.auth_token])
        .current_dir(tests)
        .kill_on_drop(true)
        .output();
    let output = tokio::time::timeout(PATIENCE, run).await.expect("the script ends").expect("node runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("the script prints JSON")
}

#[tokio::test]
async fn the_library_finds_its_way_through_the_emulator() {
    let number = Number { phone_number: LINE.into(), ..Number::default() };
    let account =
        Account { numbers: vec![number], outgoing_caller_ids: vec![VERIFIED.into()], ..Account::default() };
    let config = Config { account: account.clone(), ..Config::default() };
    let emulator = Emulator::start(config).await.expect("the emulator starts");
    let seen = node(&emulator, &account).await;
    // The library makes dates of what it can read.
    let born = "2024-01-01T00:00:00.000Z";
    assert_eq!(
        seen["account"],
        json!({"sid": account.sid, "status": "active", "type": "Full", "born": born})
    );
    assert_eq!((&seen["key"]["secret"], &seen["key"]["listed"]), (&json!(32), &json!(true)));
    assert_eq!(
        seen["application"],
        json!({"voiceUrl": "https://phone.example.com/out", "voiceMethod": "POST", "named": 1})
    );
    assert_eq!(seen["paged"], 7);
    assert_eq!(
        seen["number"],
        json!({"phoneNumber": LINE, "voice": true, "before": "", "after": true,
               "statusCallback": "https://phone.example.com/status"})
    );
    assert_eq!(seen["callers"], json!([VERIFIED]));
    assert_eq!(seen["balance"], "USD");
    assert_eq!(seen["japan"], json!({"name": "Japan", "codes": ["+81"], "low": true}));
    assert!(seen["countries"].as_u64() > Some(200), "all pages are read: {}", seen["countries"]);
    assert_eq!(seen["allowed"], 1);
    for (name, status, code) in [
        ("forbidden", 401, 20003),
        ("badUrl", 400, 21402),
        ("missing", 404, 20404),
        ("wrongToken", 401, 20003),
    ] {
        let error = &seen[name];
        assert_eq!((&error["status"], &error["code"]), (&json!(status), &json!(code)), "{name}");
        assert_eq!(error["moreInfo"], format!("https://www.twilio.com/docs/errors/{code}"));
    }
    assert_eq!(seen["removed"], json!([true, true]));
    let left = emulator.account().await.expect("the emulator runs");
    assert_eq!((left.keys.len(), left.applications.len()), (1, 6));
}
