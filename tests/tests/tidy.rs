//! The rules of the house that a compiler does not know.

#![expect(clippy::expect_used, reason = "in a test a panic is a report")]

use std::fs;
use std::path::{Path, PathBuf};

const CRATES: [&str; 5] = ["shared", "frontend", "backend", "emulator", "tests"];
const MAX_LINES: usize = 400;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn sources(krate: &str, endings: &[&str]) -> Vec<(PathBuf, String)> {
    e2e::sources::below(&root().join(krate), endings)
}

/// Names of a crate's dependencies, of whatever kind.
fn dependencies(krate: &str) -> Vec<String> {
    let manifest = fs::read_to_string(root().join(krate).join("Cargo.toml")).expect("a manifest");
    let mut inside = false;
    let mut names = Vec::new();
    for line in manifest.lines() {
        if line.starts_with('[') {
            inside = line.contains("dependencies");
        } else if let Some((name, _)) = line.split_once(['.', '=']).filter(|_| inside) {
            names.push(name.trim().to_owned());
        }
    }
    names
}

#[test]
fn no_file_is_too_long_to_read() {
    for krate in CRATES {
        for (path, text) in sources(krate, &["rs", "css", "js", "mjs", "html"]) {
            let lines = text.lines().count();
            assert!(lines <= MAX_LINES, "{} has {lines} lines; split it by what comes in", path.display());
        }
    }
}

#[test]
fn nothing_is_left_for_later() {
    for krate in CRATES {
        for (path, text) in sources(krate, &["rs", "js", "mjs"]) {
            if path.ends_with("tests/tests/tidy.rs") {
                continue;
            }
            for mark in ["TODO", "FIXME", "XXX", "unimplemented!(", "todo!("] {
                assert!(!text.contains(mark), "{mark} in {}", path.display());
            }
        }
    }
}

/// A writer on one side and a reader on the other must not share code, or a bug agrees with itself.
#[test]
fn the_crates_know_only_whom_they_may() {
    let knows = |krate: &str, other: &str| dependencies(krate).iter().any(|name| name == other);
    for other in ["frontend", "backend", "emulator"] {
        assert!(!knows("shared", other), "shared knows {other}");
        assert!(!knows("frontend", other), "frontend knows {other}");
    }
    assert!(!knows("emulator", "shared") && !knows("emulator", "backend"), "the emulator stands alone");
    assert!(knows("frontend", "shared") && knows("backend", "shared"), "the API types stand once");
    for (path, text) in sources("backend", &["rs"]) {
        // The server's own tests may talk to it as to Twilio.
        let inside = path.strip_prefix(root().join("backend")).unwrap_or(&path);
        let demo = inside.starts_with("tests")
            || inside.components().any(|part| part.as_os_str().to_string_lossy().starts_with("demo"));
        assert!(
            demo || !text.contains("emulator::"),
            "{} knows the emulator; only the demo may",
            path.display()
        );
    }
}

#[test]
fn javascript_is_touched_in_one_place_and_the_network_in_another() {
    for (path, text) in sources("frontend", &["rs"]) {
        let inside = |folder: &str| {
            path.strip_prefix(root().join("frontend/src")).is_ok_and(|path| path.starts_with(folder))
        };
        let binds = inside("sdk") || inside("browser");
        assert!(binds || !text.contains("js_namespace"), "{} binds to JavaScript", path.display());
        assert!(inside("sdk") || !text.contains("Twilio,"), "{} binds to the SDK", path.display());
        assert!(inside("api") || !text.contains("gloo_net"), "{} uses the network", path.display());
        if inside("model") {
            for foreign in ["web_sys", "js_sys", "wasm_bindgen", "leptos"] {
                assert!(
                    !text.contains(foreign),
                    "{}: the model is pure, but names {foreign}",
                    path.display()
                );
            }
        }
        // the app itself lives as long as its page
        let leaks = text.lines().any(|line| line.contains(".forget()") && !line.contains("mount_to"));
        assert!(!leaks, "{} leaks a closure", path.display());
    }
}

/// Every line of the log that is written for a request has its id.
#[test]
fn work_beside_a_request_takes_its_id_along() {
    // What runs as long as the server does belongs to no request.
    const FOR_GOOD: [&str; 5] = [
        "http/application.rs",
        "http/server.rs",
        "cli/serve.rs",
        "demo/door.rs",
        "service_manager/notices.rs",
    ];
    let mut seen = 0;
    for (path, text) in e2e::sources::below(&root().join("backend/src"), &["rs"]) {
        let for_tests =
            path.to_string_lossy().contains("contract") || path.to_string_lossy().ends_with("_tests.rs");
        if for_tests || FOR_GOOD.iter().any(|file| path.ends_with(file)) {
            continue;
        }
        let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
        for begin in ["spawn(", "spawn_blocking(", "web::block("] {
            for (at, _) in code.match_indices(begin) {
                let statement = code[at..].split(';').next().unwrap_or_default();
                // A program is no task.
                if statement.starts_with("spawn()") {
                    continue;
                }
                let takes_it = statement.contains("in_current_span()") || statement.contains("in_scope(");
                assert!(takes_it, "{}: {statement}", path.display());
                seen += 1;
            }
        }
    }
    assert!(seen > 2, "work that is spawned is seen");
}

/// Property tests that try other cases every time fail for whoever has changed nothing.
#[test]
fn property_tests_are_the_same_every_time() {
    let settings = fs::read_to_string(root().join(".cargo/config.toml")).expect("settings");
    assert!(settings.contains("\nPROPTEST_RNG_SEED = "), "cargo gives the property tests no seed");
    assert!(std::env::var("PROPTEST_RNG_SEED").is_ok_and(|seed| seed.parse::<u64>().is_ok()));
    for krate in CRATES {
        for (path, text) in sources(krate, &["rs"]) {
            let own = ["RngSeed::", "rng_seed:", "new_with_rng", "failure_persistence"]
                .into_iter()
                .find(|own| !path.ends_with("tests/tests/tidy.rs") && text.contains(own));
            assert!(own.is_none(), "{} has its own {}", path.display(), own.unwrap_or_default());
        }
    }
    let ignored = fs::read_to_string(root().join(".gitignore")).expect("what git ignores");
    assert!(!ignored.contains("proptest"), "cases that failed are kept");
}

#[test]
fn the_documents_name_files_that_exist() {
    for document in [
        "README.md",
        "ARCHITECTURE.md",
        "emulator/README.md",
        "docs/security.md",
        "docs/deployment.md",
        "docs/operations.md",
    ] {
        let text = fs::read_to_string(root().join(document)).expect(document);
        let folder = root().join(document).parent().expect("a folder").to_owned();
        for word in text.split(['`', '(', ')', ' ', '\n', '|']) {
            let is_file =
                [".rs", ".toml", ".js", ".html", ".css", ".png", ".md"].iter().any(|end| word.ends_with(end));
            if is_file
                && word.contains('/')
                && !word.starts_with('/')
                && !word.contains("://")
                && !word.contains('*')
                && !word.contains('{')
            {
                let there = folder.join(word).exists() || root().join(word).exists();
                assert!(there, "{document} names {word}, which does not exist");
            }
        }
    }
}
