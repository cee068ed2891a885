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

#[test]
fn admins_names_devices_and_limits_are_changed_and_noted() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    let (number, other) = ("+815031234567", "+12025550143");
    std::fs::write(
        dir.join("sidetone.toml"),
        "public_url = \"https://phone.example.com/prod\"\n[dial]\nminutes_per_day = 60\n",
    )
    .unwrap();
    let added = ok(dir, &["line", "add", number, "--admin"], "");
    let code = added.lines().find_map(|line| line.strip_prefix("One-time code: ")).unwrap();
    let link = format!("https://phone.example.com/prod/#invite=815031234567-{}", code.replace('-', ""));
    assert!(added.contains(&link) && added.contains("an admin's line"), "{added}");
    ok(dir, &["line", "add", other, "--label", "Reception"], "");
    assert_eq!(
        ok(dir, &["line", "list"], ""),
        "+1 202-555-0143  Reception  (one-time code)\n+81 50-3123-4567  (admin)  (one-time code)\n"
    );

    ok(dir, &["line", "rename", other, " Front desk "], "");
    assert!(fails(dir, &["line", "rename", other, "two\nlines"], "").contains("cannot be shown"));
    ok(dir, &["line", "admin", other, "on"], "");
    assert!(!ok(dir, &["line", "admin", number, "off"], "").contains("no admin now"));
    assert!(ok(dir, &["line", "admin", other, "off"], "").contains("no admin now"));
    assert!(fails(dir, &["line", "admin", other, "maybe"], "").contains("off"));

    assert_eq!(
        ok(dir, &["line", "limits", other], ""),
        "Calls at once: 2, as configured\nMinutes in any 24 hours: 60, as configured\n"
    );
    let set = ok(dir, &["line", "limits", other, "--calls-at-once", "5", "--minutes-per-day", "0"], "");
    assert_eq!(set, "Calls at once: 5, the line's own\nMinutes in any 24 hours: 0, the line's own\n");
    assert!(ok(dir, &["line", "list"], "").contains("Front desk  (one-time code)  (limits of its own)"));
    assert!(fails(dir, &["line", "limits", other, "--calls-at-once", "0"], "").contains("from 1 to 100"));
    assert!(fails(dir, &["line", "limits", other, "--minutes-per-day", "many"], "").contains("whole number"));
    let back = ok(dir, &["line", "limits", other, "--calls-at-once", "default"], "");
    assert_eq!(back, "Calls at once: 2, as configured\nMinutes in any 24 hours: 0, the line's own\n");

    assert!(ok(dir, &["line", "devices", other], "").contains("signed in nowhere"));
    assert!(ok(dir, &["line", "devices", other, "sign-out-all"], "").contains("on 0 of"));
    assert!(
        fails(dir, &["line", "devices", other, "sign-out", "x"], "").contains("not signed in on a device x")
    );
    ok(dir, &["line", "unlock", other], "");
    let nobody = "+14155550198";
    for args in [
        &["line", "rename", nobody, "x"][..],
        &["line", "admin", nobody, "on"],
        &["line", "limits", nobody],
        &["line", "devices", nobody],
        &["line", "unlock", nobody],
    ] {
        assert!(fails(dir, args, "").contains("no line with the number +1 415"), "{args:?}");
    }

    let log = ok(dir, &["audit", "--line", other], "");
    let entries: Vec<_> = log.lines().map(|entry| entry.split_whitespace().nth(1).unwrap()).collect();
    let kinds = [
        "line_added",
        "line_renamed",
        "admin_changed",
        "admin_changed",
        "limits_changed",
        "limits_changed",
        "devices_signed_out",
        "lock_lifted",
    ];
    assert_eq!(entries, kinds, "{log}");
    assert!(log.lines().all(|entry| entry.ends_with("[by command line]")), "{log}");
    assert!(log.contains("calls at once: 5, minutes a day: 0") && log.contains("Front desk"), "{log}");
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
        &["line", "rename", number, "x"],
        &["line", "admin", number, "on"],
        &["line", "devices", number],
        &["line", "limits", number],
        &["line", "unlock", number],
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
