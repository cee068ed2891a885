//! The program for a host is one file: the page is inside, but no emulator, and none of the demo's secrets, which everybody
//! knows.

#![expect(clippy::expect_used, reason = "in a test a panic is a report")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use backend::demo;
use e2e::installation::{Installation, program};
use e2e::stack::ui_folder;
use emulator::Account;

const FOREIGN: [&str; 2] = ["emulator", "str0m"];

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Names of the crates that go into the program.
fn crates(features: &[&str]) -> BTreeSet<String> {
    let tree = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args([
            "tree",
            "--package",
            "backend",
            "--edges",
            "normal,build",
            "--prefix",
            "none",
            "--offline",
            "--locked",
        ])
        .args(features)
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(".."))
        .output()
        .expect("cargo");
    assert!(tree.status.success(), "{}", String::from_utf8_lossy(&tree.stderr));
    said(&tree).lines().filter_map(|line| line.split(' ').next()).map(str::to_owned).collect()
}

/// Those of the texts that are in a program.
fn found(program: &Path, texts: &[String]) -> BTreeSet<String> {
    let mut grep = Command::new("grep");
    grep.args(["--text", "--only-matching", "--fixed-strings"]).env("LC_ALL", "C");
    let grep = texts.iter().fold(&mut grep, |grep, text| grep.args(["-e", text])).arg(program).output();
    let grep = grep.expect("grep");
    assert!(grep.stderr.is_empty(), "{}", String::from_utf8_lossy(&grep.stderr));
    said(&grep).lines().map(str::to_owned).collect()
}

#[test]
fn the_emulator_comes_with_the_demo_alone() {
    let (lean, with_demo) = (crates(&[]), crates(&["--features", "demo"]));
    for name in FOREIGN {
        assert!(!lean.contains(name), "{name} goes into the program for a host");
        assert!(with_demo.contains(name), "{name} is not found where it is");
    }
}

#[test]
fn lambda_s_library_comes_with_its_feature_alone() {
    assert!(!crates(&[]).contains("lambda_runtime"));
    assert!(crates(&["--features", "lambda"]).contains("lambda_runtime"));
}

#[test]
fn the_program_has_nothing_of_the_demo_in_it() {
    let account = Account::default();
    let mut texts = vec![
        account.sid,
        account.auth_token,
        account.api_key_sid,
        account.api_key_secret,
        account.application_sid,
        FOREIGN[1].to_owned(),
    ];
    // Passcodes of four digits are in any program. The first line's number is an example in help texts.
    let world = demo::world("http://127.0.0.1:8081");
    texts.extend(world.lines.into_iter().skip(1).map(|line| line.phone_number.to_string()));
    texts.extend(world.phones.into_iter().map(|phone| phone.phone_number.to_string()));
    assert!(texts.len() > 12, "{texts:?}");

    let all: BTreeSet<_> = texts.iter().cloned().collect();
    assert_eq!(found(&std::env::current_exe().unwrap(), &texts), all, "all of them are in this test");
    let program = program().unwrap();
    let none = BTreeSet::new();
    assert_eq!(found(&program, &texts), none, "{} is the demo's: `make program`", program.display());
}

/// In an empty folder.
#[tokio::test]
async fn every_file_of_the_page_is_inside() {
    let account = Account::default();
    let port = Installation::free_port().unwrap();
    let environment = [
        ("SIDETONE_PUBLIC_URL", &*format!("http://localhost:{port}")),
        ("SIDETONE_TWILIO__ACCOUNT_SID", &account.sid),
        ("SIDETONE_TWILIO__AUTH_TOKEN", &account.auth_token),
        ("SIDETONE_TWILIO__API_KEY_SID", &account.api_key_sid),
        // Twilio's have no dashes.
        ("SIDETONE_TWILIO__API_KEY_SECRET", "abcdefghijklmnopqrstuvwxyz012345"),
        ("SIDETONE_TWILIO__APPLICATION_SID", &account.application_sid),
    ];
    let installation = Installation::new("", &environment).unwrap();
    fs::write(installation.path("sidetone.toml"), "").unwrap();
    let serving = installation.serve(port).await.unwrap();
    let client = reqwest::Client::new();
    let mut files = 0;
    for entry in fs::read_dir(ui_folder()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if [".br", ".gz"].iter().any(|end| name.ends_with(end)) {
            continue;
        }
        for (encoding, end) in [("identity", ""), ("gzip", ".gz"), ("br", ".br")] {
            // Small ones and pictures are as they are.
            let Ok(built) = fs::read(ui_folder().join(format!("{name}{end}"))) else { continue };
            let request = client.get(format!("http://localhost:{port}/{name}"));
            let answer = request.header("Accept-Encoding", encoding).send().await.unwrap();
            assert_eq!(answer.status(), 200, "{name}");
            assert!(
                answer.bytes().await.unwrap() == built,
                "{name}, {encoding}, is not the one that was built"
            );
        }
        files += 1;
    }
    assert!(files > 15, "{files} files");
    serving.stop().await.unwrap();
}
