use std::fs;

use futures_util::future::join_all;

use super::served::Served;

/// What checking a passcode takes alone: 19 MiB.
const OF_ONE_CHECK_KB: u64 = 19 * 1024;

/// Memory that is this process's own: neither the program's file nor the database.
fn own_kb(served: &Served) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", served.pid())).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

/// Small hosts run other things beside it.
#[tokio::test]
async fn after_a_flood_of_sign_ins_the_server_is_small_again() {
    let served = Served::start().await;
    for _ in 0..3 {
        join_all((0..12).map(|_| served.sign_in())).await;
    }
    served.when("the memory is given back", async || own_kb(&served) < OF_ONE_CHECK_KB).await;
}
