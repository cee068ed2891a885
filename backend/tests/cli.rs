//! The command line, as an administrator meets it.

#![expect(
    clippy::unwrap_used,
    reason = "helpers of tests, outside the functions that clippy takes for tests"
)]

#[cfg(unix)]
#[path = "cli/documents.rs"]
mod documents;
#[cfg(unix)]
#[path = "cli/service_manager.rs"]
mod service_manager;

use std::{
    io::Write,
    path::Path,
    process::{Command, Output, Stdio},
};

use sqlx::{ConnectOptions, Connection, Executor, sqlite::SqliteConnectOptions};

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

/// What a start needs to know, and where the database is.
fn configured(dir: &Path, database: &str, more: &str) {
    let settings = format!(
        "public_url = \"https://phone.example.com\"\ndatabase = \"{database}\"\n{more}\n[twilio]\n\
         account_sid = \"AC00000000000000000000000000000001\"\nauth_token = \"0123456789abcdef0123456789abcdef\"\n\
         api_key_sid = \"SK00000000000000000000000000000001\"\napi_key_secret = \"abcdefghijklmnopqrstuvwxyz012345\"\n\
         application_sid = \"AP00000000000000000000000000000001\"\n"
    );
    let file = dir.join("sidetone.toml");
    std::fs::write(&file, settings).unwrap();
    #[cfg(unix)]
    std::fs::set_permissions(&file, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
}

async fn change(database: &Path, sql: &'static str) {
    let mut connection = SqliteConnectOptions::new().filename(database).connect().await.unwrap();
    connection.execute(sql).await.unwrap();
    connection.close().await.unwrap();
}

#[actix_web::test]
async fn a_backup_is_a_database_of_its_moment_and_overwrites_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    configured(dir, "sidetone.db", "");
    assert!(fails(dir, &["backup", "copy.db"], "").contains("there is no database"));
    ok(dir, &["line", "add", "+815031234567", "--label", "Reception"], "");
    // Somebody writes meanwhile, and what is written is not in the database's own file yet.
    let writing = SqliteConnectOptions::new().filename(dir.join("sidetone.db"));
    let mut writing = writing.connect().await.unwrap();
    for statement in [
        "PRAGMA journal_mode = WAL",
        "PRAGMA wal_autocheckpoint = 0",
        "UPDATE lines SET label = 'Front desk'",
    ] {
        writing.execute(statement).await.unwrap();
    }
    writing.execute("BEGIN IMMEDIATE; UPDATE lines SET label = 'Nobody yet'").await.unwrap();
    assert!(ok(dir, &["backup", "copy.db"], "").contains("copy.db is a copy of "));
    assert!(fails(dir, &["backup", "copy.db"], "").contains("not there yet"));
    assert!(fails(dir, &["backup", "no/such/folder/copy.db"], "").contains("not written"));
    writing.execute("COMMIT").await.unwrap();
    writing.close().await.unwrap();
    #[cfg(unix)]
    {
        let mode =
            std::os::unix::fs::PermissionsExt::mode(&dir.join("copy.db").metadata().unwrap().permissions());
        assert_eq!(mode & 0o777, 0o600, "it has passcodes' hashes");
    }
    configured(dir, "copy.db", "");
    assert!(ok(dir, &["line", "list"], "").contains("Front desk"));

    // Of an older version, which a start would change.
    change(&dir.join("copy.db"), "DELETE FROM _sqlx_migrations WHERE version = 9").await;
    ok(dir, &["backup", "older.db"], "");
    std::fs::write(dir.join("text.db"), "no database at all, whatever its name says").unwrap();
    configured(dir, "text.db", "");
    assert!(fails(dir, &["backup", "of-text.db"], "").contains("does not work"));
    assert!(!dir.join("of-text.db").exists(), "half a copy is none");
    configured(dir, "postgresql://localhost/sidetone", "");
    assert!(fails(dir, &["backup", "copy-2.db"], "").contains("pg_dump"));
}

#[actix_web::test]
async fn what_an_upgrade_would_change_is_said_before_it_does() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    configured(dir, "sidetone.db", "");
    let check = || ok(dir, &["check"], "");
    assert!(check().contains("the first start makes it"));
    assert!(!dir.join("sidetone.db").exists(), "and this does not");
    ok(dir, &["line", "add", "+815031234567"], "");
    assert!(check().contains("changes nothing in it"));
    change(&dir.join("sidetone.db"), "DELETE FROM _sqlx_migrations WHERE version = 9").await;
    assert!(check().contains("older version") && check().contains("backup"));
    change(
        &dir.join("sidetone.db"),
        "INSERT INTO _sqlx_migrations SELECT 9999, description, installed_on, success, checksum, execution_time \
         FROM _sqlx_migrations WHERE version = 1",
    )
    .await;
    let newer = sidetone(dir, &["check"], "");
    assert!(!newer.status.success() && String::from_utf8_lossy(&newer.stdout).contains("newer version"));
    configured(dir, "sidetone.db", "colour = \"red\"\ntoken_lifetime_s = 5");
    let faults = fails(dir, &["check"], "");
    assert!(faults.contains("colour") && faults.contains("token_lifetime_s"), "{faults}");
}
