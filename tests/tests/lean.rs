//! The program for a host has no emulator in it, and none of the demo's secrets, which everybody knows.

#![expect(clippy::expect_used, reason = "in a test a panic is a report")]

use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Output};

use backend::demo;
use e2e::installation::program;
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
    assert_eq!(
        found(&program, &texts),
        none,
        "{} is the demo's: cargo build --package backend",
        program.display()
    );
}
