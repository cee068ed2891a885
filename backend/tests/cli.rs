//! The command line, as an administrator meets it.

#![expect(
    clippy::unwrap_used,
    reason = "helpers of tests, outside the functions that clippy takes for tests"
)]

use std::{
    io::Write,
    path::Path,
    process::{Command, Output, Stdio},
};

fn sidetone(dir: &Path, args: &[&str], stdin: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_sidetone"))
        .args(args)
        .current_dir(dir)
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(stdin.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

fn ok(dir: &Path, args: &[&str], stdin: &str) -> String {
    let output = sidetone(dir, args, stdin);
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn fails(dir: &Path, args: &[&str], stdin: &str) -> String {
    let output = sidetone(dir, args, stdin);
    assert!(!output.status.success(), "{args:?} must fail");
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn lines_are_added_listed_changed_and_removed() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    assert!(ok(dir, &["line", "list"], "").contains("no lines yet"));
    let added = ok(dir, &["line", "add", "+81 50-3123-4567", "--label", "Reception"], "");
    assert!(added.contains("One-time code: "), "one is made when no passcode is given: {added}");
    let taken = fails(dir, &["line", "add", "+815031234567"], "");
    assert!(taken.contains("already"), "{taken}");
    assert_eq!(ok(dir, &["line", "list"], ""), "+81 50-3123-4567  Reception  (one-time code)\n");

    let changed = ok(dir, &["line", "passcode", "+815031234567", "--passcode-stdin"], "correct horse\n");
    assert!(!changed.contains("correct horse"), "{changed}");
    let short = fails(dir, &["line", "passcode", "+815031234567", "--passcode-stdin"], "short\n");
    assert!(short.contains("at least 8"), "{short}");
    let easy = fails(dir, &["line", "passcode", "+815031234567", "--passcode-stdin"], "050-3123-4567\n");
    assert!(easy.contains("is the phone number"), "{easy}");
    assert!(fails(dir, &["line", "passcode", "+12025550143"], "").contains("no line"));

    ok(dir, &["line", "email", "+815031234567", "add", "Ann@Example.com"], "");
    assert_eq!(ok(dir, &["line", "list"], ""), "+81 50-3123-4567  Reception  ann@example.com\n");
    assert!(fails(dir, &["line", "email", "+815031234567", "add", "ann"], "").contains("no e-mail address"));
    assert!(fails(dir, &["line", "email", "+12025550143", "add", "a@example.com"], "").contains("no line"));
    assert!(
        fails(dir, &["line", "email", "+815031234567", "remove", "a@example.com"], "").contains("before")
    );
    ok(dir, &["line", "email", "+815031234567", "remove", "ann@example.com"], "");
    ok(dir, &["line", "passcode", "+815031234567", "--no-passcode"], "");
    assert_eq!(ok(dir, &["line", "list"], ""), "+81 50-3123-4567  Reception  (no passcode)\n");
    let code = ok(dir, &["line", "passcode", "+815031234567"], "");
    assert!(code.contains("One-time code: ") && code.contains("sign in again everywhere"), "{code}");

    assert!(fails(dir, &["line", "remove", "050-3123-4567"], "").contains("country"));
    ok(dir, &["line", "remove", "+815031234567"], "");
    assert!(ok(dir, &["line", "list"], "").contains("no lines yet"));

    let log = ok(dir, &["audit"], "");
    let kinds: Vec<_> = log.lines().filter_map(|entry| entry.split_whitespace().nth(1)).collect();
    assert_eq!(
        kinds,
        [
            "line_added",
            "passcode_changed",
            "configuration_changed",
            "configuration_changed",
            "passcode_changed",
            "code_made",
            "line_removed"
        ],
        "{log}"
    );
    assert!(!log.contains("correct horse"), "{log}");
    assert_eq!(ok(dir, &["audit", "--line", "+12025550143"], ""), "");
    let json = ok(dir, &["audit", "--since", "1h", "--line", "+815031234567", "--json"], "");
    let first: serde_json::Value = serde_json::from_str(json.lines().next().unwrap()).unwrap();
    assert_eq!((first["kind"].as_str(), first["line"].as_str()), (Some("line_added"), Some("+815031234567")));
    assert!(fails(dir, &["audit", "--since", "soon"], "").contains("write 7d"));
}

/// In the wrong folder, most likely.
#[test]
fn commands_that_need_a_database_make_none() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    let place = dir.canonicalize().unwrap().join("sidetone.db").display().to_string();
    let number = "+815031234567";
    assert!(ok(dir, &["line", "list"], "").contains(&place));
    ok(dir, &["audit"], "");
    for args in [
        &["line", "remove", number][..],
        &["line", "passcode", number],
        &["line", "passcode", number, "--no-passcode"],
        &["line", "email", number, "add", "a@example.com"],
        &["line", "email", number, "remove", "a@example.com"],
    ] {
        let said = fails(dir, args, "");
        assert!(said.contains(&place) && said.contains("--config"), "{args:?}: {said}");
    }
    assert_eq!(dir.read_dir().unwrap().count(), 0, "something was made");
}

#[test]
fn serve_refuses_to_start_half_configured_and_lists_what_is_missing() {
    let dir = tempfile::tempdir().unwrap();
    let faults = fails(dir.path(), &["serve"], "");
    for key in [
        "public_url",
        "twilio.account_sid",
        "twilio.auth_token",
        "twilio.api_key_sid",
        "twilio.api_key_secret",
        "twilio.application_sid",
    ] {
        assert!(faults.contains(key), "{key} is missing in {faults}");
    }
    assert!(!dir.path().join("sidetone.db").exists(), "nothing is touched");
}

#[cfg(not(feature = "demo"))]
#[test]
fn without_the_demo_it_says_where_there_is_one() {
    let dir = tempfile::tempdir().unwrap();
    for args in [&["demo"][..], &["demo", "--port", "9000"], &["demo", "--help"], &["demo", "now"]] {
        let said = fails(dir.path(), args, "");
        assert!(said.contains("`make run`") && said.contains("--features demo"), "{args:?}: {said}");
    }
    let help = ok(dir.path(), &["--help"], "");
    assert!(help.contains("serve") && !help.contains("demo"), "{help}");
}
