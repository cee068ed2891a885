//! The documents say what is there: every setting, every test that a guard is said to have.

#![expect(clippy::expect_used, reason = "in a test a panic is a report")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).expect(path)
}

/// Cells of a table's rows; the text between the bars.
fn rows(text: &str) -> impl Iterator<Item = Vec<&str>> {
    text.lines()
        .filter(|line| line.starts_with('|') && !line.starts_with("|-"))
        .map(|line| line.trim_matches('|').split('|').map(str::trim).collect())
}

/// `key = value` of the example file with its table; a setting that has no default stands there commented out.
fn settings_of_the_example() -> BTreeMap<String, String> {
    let mut table = String::new();
    let mut settings = BTreeMap::new();
    for line in read("backend/sidetone.example.toml").lines() {
        let line = line.strip_prefix('#').unwrap_or(line).trim();
        if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            table = format!("{name}.");
        } else if let Some((key, value)) = line.split_once(" = ")
            && key.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
        {
            settings.insert(format!("{table}{key}"), value.to_owned());
        }
    }
    settings
}

#[test]
fn every_setting_is_described_with_its_default() {
    let text = read("docs/configuration.md");
    let described: BTreeMap<String, &str> = rows(&text)
        .filter(|cells| cells.len() == 3 && cells[0].starts_with('`'))
        .map(|cells| (cells[0].trim_matches('`').to_owned(), cells[1]))
        .collect();
    let settings = settings_of_the_example();
    assert!(settings.len() > 10, "the example file is read: {settings:?}");
    let names = |map: &BTreeMap<String, _>| map.keys().cloned().collect::<BTreeSet<_>>();
    let described_names: BTreeSet<_> = described.keys().cloned().collect();
    assert_eq!(described_names, names(&settings), "docs/configuration.md and the example file");
    for (key, default) in described {
        if let Some(default) = default.strip_prefix('`').and_then(|default| default.strip_suffix('`')) {
            assert_eq!(settings[&key], default, "the default of {key}");
        }
    }
}

#[test]
fn every_guard_names_tests_that_exist() {
    let crates = ["shared", "frontend", "backend", "emulator", "tests"];
    let all: String = crates
        .iter()
        .flat_map(|krate| e2e::sources::below(&root().join(krate), &["rs"]))
        .map(|(_, source)| source)
        .collect();
    let text = read("docs/security.md");
    let threats = text.split("\n## ").find(|part| part.starts_with("Threats")).expect("the section Threats");
    let mut tests = 0;
    for cells in rows(threats).filter(|cells| cells.len() == 3 && cells[0] != "Threat") {
        let named: Vec<_> = cells[2].split('`').skip(1).step_by(2).collect();
        assert!(!named.is_empty(), "no test for the threat {:?}", cells[0]);
        for name in named {
            assert!(
                all.contains(&format!("fn {name}(")),
                "{:?} names the test {name}, which does not exist",
                cells[0]
            );
            tests += 1;
        }
    }
    assert!(tests > 10, "the table is read");
}

/// Whoever is woken finds what it means, and what to do.
#[test]
fn every_alarm_is_explained() {
    let text = read("docs/operations.md");
    let alarms = text.split("\n## ").find(|part| part.starts_with("Alarms")).expect("the section Alarms");
    let explained: BTreeSet<_> = rows(alarms)
        .filter(|cells| cells[0].starts_with('`'))
        .inspect(|cells| assert!(cells.len() == 3 && cells.iter().all(|cell| !cell.is_empty()), "{cells:?}"))
        .map(|cells| cells[0].trim_matches('`').to_owned())
        .collect();
    let rules = read("deploy/prometheus/alerts.yaml");
    let alerts: Vec<_> = rules.lines().filter_map(|line| line.trim().strip_prefix("- alert: ")).collect();
    assert!(alerts.len() > 10, "the rules are read");
    assert_eq!(alerts.iter().map(|&alert| alert.to_owned()).collect::<BTreeSet<_>>(), explained);
}

#[test]
fn the_dashboard_can_be_read_and_asks_in_every_panel() {
    let dashboard: serde_json::Value =
        serde_json::from_str(&read("deploy/grafana/sidetone.json")).expect("JSON");
    let panels = dashboard["panels"].as_array().expect("panels");
    let mut ids = BTreeSet::new();
    for panel in panels {
        assert!(ids.insert(panel["id"].as_u64().expect("an id")), "two panels have one id: {panel}");
        let asks = panel["targets"].as_array().map_or(0, Vec::len);
        assert!(panel["type"] == "row" || asks > 0, "{} asks for nothing", panel["title"]);
    }
    assert!(panels.len() > 10, "the dashboard is read");
}

/// A filter that fits nothing runs no test, and says that all is well.
#[test]
fn the_scenarios_for_firefox_exist() {
    let makefile = read("Makefile");
    let line = makefile.lines().find_map(|line| line.strip_prefix("IN_FIREFOX := ")).expect("the line");
    for filter in line.split(' ') {
        let (file, name) = filter.split_once("::").expect("file::beginning of a name");
        let text = read(&format!("tests/tests/e2e/{file}.rs"));
        assert!(text.contains(&format!("async fn {name}")), "no scenario is called {filter}");
    }
    assert!(line.split(' ').count() > 3, "the line is read");
}
