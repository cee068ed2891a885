//! Replays the inputs that the fuzz targets have kept, without a sanitizer and in seconds.

use std::{fs, path::Path};

#[path = "../fuzz/src/lib.rs"]
#[expect(
    clippy::expect_used,
    unreachable_pub,
    reason = "a crate of its own, where a panic is what a target reports"
)]
mod fuzz;

fn replay(target: &str, check: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target);
    let mut files = 0;
    for entry in fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
        let path = entry.unwrap_or_else(|error| panic!("{error}")).path();
        let data = fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        check(&data);
        files += 1;
    }
    assert!((5..=50).contains(&files), "{files} files in {}; keep a few telling ones", folder.display());
}

#[test]
fn phone_numbers() {
    replay("phone", fuzz::phone);
}

#[test]
fn configurations() {
    replay("configuration", fuzz::configuration);
}

#[test]
fn signatures() {
    replay("signature", fuzz::signature);
}

#[test]
fn forms() {
    replay("form", fuzz::form);
}
