//! A disk that is full, or turns read-only, as the kernel shows it to the server: files that do not grow (`RLIMIT_FSIZE`), which
//! needs no rights of its own. SQLite gives SQLITE_FULL for a write that ends too early, SQLITE_IOERR for one that is
//! refused, as on a file system that was remounted.

use std::{fs, process::Command};

use super::served::{Calls, Served, sid};

/// No file of the server may have more bytes than this.
fn limit(pid: &str, bytes: &str) {
    let limit = format!("--fsize={bytes}:");
    let done = Command::new("prlimit").args(["--pid", pid, &limit]).status().unwrap();
    assert!(done.success(), "prlimit {limit}");
}

fn log_size(served: &Served) -> u64 {
    let mut log = served.database().into_os_string();
    log.push("-wal");
    fs::metadata(log).unwrap().len()
}

#[tokio::test]
async fn a_disk_that_was_full_costs_no_call_and_no_minute() {
    let served = Served::start().await;
    let mut calls = Calls::default();
    served.calls(&mut calls, 0..2).await;
    // In the middle of a page, so that the write ends too early.
    limit(&served.pid(), &(log_size(&served) + 6000).to_string());
    for round in 1..4 {
        served.calls(&mut calls, 10 * round..10 * round + 2).await;
        assert_eq!(served.sign_in().await.status(), 503);
    }
    assert_eq!(served.ready().await, 503);
    limit(&served.pid(), "unlimited");
    served.is_whole_again(calls).await;
}

#[tokio::test]
async fn a_disk_that_was_read_only_costs_no_call_and_no_minute() {
    let served = Served::start().await;
    let mut calls = Calls::default();
    served.calls(&mut calls, 0..2).await;
    limit(&served.pid(), "0");
    served.calls(&mut calls, 10..14).await;
    assert_eq!(served.sign_in().await.status(), 503);
    assert_eq!(served.ready().await, 503);
    limit(&served.pid(), "unlimited");
    served.is_whole_again(calls).await;
}

/// Full and not full in turns, at any moment between calls that are made at once and people who sign in.
#[tokio::test]
async fn a_disk_that_fills_up_again_and_again_costs_no_call_and_no_minute() {
    let served = Served::start().await;
    let mut calls = Calls::default();
    for round in 0..20 {
        let (pid, bytes) = (
            served.pid(),
            match round % 3 {
                0 => (log_size(&served) + 6000).to_string(),
                1 => "0".to_owned(),
                _ => "unlimited".to_owned(),
            },
        );
        let turn = tokio::task::spawn_blocking(move || limit(&pid, &bytes));
        let (_, (), turned) =
            tokio::join!(served.sign_in(), served.calls(&mut calls, 10 * round..10 * round + 4), turn);
        turned.unwrap();
    }
    limit(&served.pid(), "unlimited");
    served.is_whole_again(calls).await;
}

/// What waits in memory goes with the server, but not without a word.
#[tokio::test]
async fn calls_that_are_lost_with_the_server_are_named() {
    let served = Served::start().await;
    limit(&served.pid(), "0");
    let mut calls = Calls::default();
    served.calls(&mut calls, 7..9).await;
    let said = served.end();
    let (_, lost) = said.split_once("the server ends before").unwrap_or_else(|| panic!("{said}"));
    assert!(lost.contains(&sid(7)) && lost.contains(&sid(8)), "{said}");
    assert!(!said.contains("9059876543"), "no number of a third party: {said}");
}
