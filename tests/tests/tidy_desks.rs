//! The frontend's desks (`frontend/src/state`) write their own signals only. What others may read of them is a `Shown`, which cannot
//! be written; this holds every desk to it.

use std::path::Path;

/// Not a desk's but the page's own: whoever opens something beside the dial pad, or closes it, writes it.
const THE_PAGES: &str = "place: Lasting<Place>";

/// The fields through which others than the desk in this file could write.
fn open_fields(file: &Path, source: &str) -> Vec<String> {
    // Within a folder of its own, a desk's files share its signals.
    let shares = file.components().count() > 1 && !file.ends_with("mod.rs");
    let opens = |line: &&str| {
        let Some((visibility, field)) = line.split_once(") ").filter(|_| line.starts_with("pub(")) else {
            return line.starts_with("pub ") && line.contains("Signal<");
        };
        let writes =
            ["Lasting<", "RwSignal<", "WriteSignal<"].into_iter().any(|signal| field.contains(signal));
        let is_field = !field.starts_with("fn ") && !field.starts_with("struct ") && field.contains(": ");
        writes
            && is_field
            && !(shares && visibility == "pub(super")
            && field.trim_end_matches(',') != THE_PAGES
    };
    source.lines().map(str::trim).filter(opens).map(str::to_owned).collect()
}

#[test]
fn no_desk_writes_anothers_signals() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../frontend/src/state");
    let files = e2e::sources::below(&root, &["rs"]);
    assert!(files.len() > 10, "few files in {}", root.display());
    for (path, source) in files {
        let file = path.strip_prefix(&root).expect("a file below");
        let open = open_fields(file, &source);
        assert!(open.is_empty(), "{}: others could write {}", file.display(), open.join(" and "));
    }
}

#[test]
fn a_signal_that_others_could_write_is_seen() {
    let seen = |file: &str, source: &str| !open_fields(Path::new(file), source).is_empty();
    assert!(seen("notice.rs", "    pub(crate) words: Lasting<Option<&'static str>>,"));
    assert!(seen("tabs.rs", "    pub(super) elsewhere: RwSignal<bool>,"));
    assert!(seen("sound/mod.rs", "    pub(super) audio: Lasting<Audio>,"));
    assert!(seen("outside/offers.rs", "    pub(in crate::state) missed: Lasting<u32>,"));
    assert!(!seen("outside/offers.rs", "    pub(super) missed: Lasting<u32>,"));
    assert!(!seen("notice.rs", "    pub(crate) words: Shown<Option<u32>>,\n    shown: Lasting<u32>,"));
}
