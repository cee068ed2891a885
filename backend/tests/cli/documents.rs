//! Every command of the documents is tried as it stands there: by a shell, in a folder where `/etc`, `/var/lib` and `/usr/local` are
//! and `sudo` asks nobody. What cannot be tried so stands in a list with what tries it.

use std::{
    collections::BTreeSet,
    fs,
    os::unix::fs::{PermissionsExt, symlink},
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

const NUMBER: &str = "+81 50-3123-4567";
/// What a document leaves to the reader.
const PLACES: [(&str, &str); 3] =
    [("<number>", "'+81 50-3123-4567'"), ("<address>", "ann@example.com"), ("<name>", "'Front desk'")];
/// How a command begins that is not tried here, why, and which test runs it, if one can.
const ELSEWHERE: [(&str, &str, &str); 20] = [
    ("sidetone connect", "asks Twilio", "the_static_file_is_all_that_a_host_needs"),
    ("sidetone doctor", "asks Twilio", "the_static_file_is_all_that_a_host_needs"),
    ("sidetone store copy", "needs PostgreSQL", "a_move_to_postgresql_costs_no_call_and_no_minute"),
    ("sidetone lambda", "a feature of its own", "the_page_and_its_files_come_whole"),
    ("sidetone publish", "a feature of its own", "every_file_is_answered_with_as_by_the_server"),
    (
        "target/lambda/bootstrap connect",
        "asks Twilio; the same program",
        "the_static_file_is_all_that_a_host_needs",
    ),
    (
        "target/lambda/bootstrap publish",
        "needs a bucket; the same program",
        "every_file_is_answered_with_as_by_the_server",
    ),
    ("zip", "takes a file that AWS has", ""),
    ("aws", "needs an account at AWS", ""),
    ("sam", "needs an account at AWS", ""),
    ("systemctl daemon-reload", "there is no systemd in a test", "systemd_understands_the_units"),
    ("systemctl enable", "there is no systemd in a test", "systemd_understands_the_units"),
    ("systemctl restart", "there is no systemd in a test", "a_restart_under_requests_refuses_none"),
    ("systemctl status", "there is no systemd in a test", ""),
    ("journalctl", "there is no systemd in a test", ""),
    ("useradd", "changes who is on the machine", ""),
    ("install -d -o sidetone", "needs the user of the line before", ""),
    ("createuser", "needs a PostgreSQL of the machine's", ""),
    ("createdb", "needs a PostgreSQL of the machine's", ""),
    ("docker", "needs a daemon", "the_image_is_a_phone_and_says_what_it_lacks"),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Where it stands, and the command.
type Found = (String, String);

/// What stands in blocks: fenced ones that say that they are a shell's, and indented ones.
fn in_blocks(document: &str, text: &str) -> Vec<Found> {
    let mut blocks: Vec<Vec<(usize, &str)>> = Vec::new();
    let (mut fence, mut before, mut open) = (None, "", false);
    for (number, line) in text.lines().enumerate() {
        if let Some(language) = line.trim().strip_prefix("```") {
            fence = if fence.is_none() { Some(language) } else { None };
            open = false;
            before = "```";
            continue;
        }
        let inside = match fence {
            Some(language) => language == "sh",
            None => line.starts_with("    ") && (open || before.trim().is_empty()) && !line.trim().is_empty(),
        };
        match (inside, open) {
            (true, true) => blocks.last_mut().unwrap().push((number + 1, line.trim())),
            (true, false) => blocks.push(vec![(number + 1, line.trim())]),
            (false, _) => {}
        }
        open = inside;
        before = line;
    }
    let mut found = Vec::new();
    for block in blocks.into_iter().filter(|block| !is_configuration(block)) {
        let mut command = String::new();
        for (number, line) in block {
            command.push_str(line.trim_end_matches('\\'));
            if !line.ends_with('\\') {
                found.push((format!("{document}:{number}"), std::mem::take(&mut command)));
            }
        }
    }
    found
}

/// TOML, YAML, and what proxies have.
fn is_configuration(block: &[(usize, &str)]) -> bool {
    block.iter().map(|(_, line)| *line).filter(|line| !line.starts_with('#')).all(|line| {
        line.contains(" = ")
            || line.ends_with(['{', '}', ':'])
            || line.starts_with('-')
            || line.split_once(' ').is_some_and(|(word, _)| {
                ["dial_timeout", "response_header_timeout", "redir", "read_header", "read_body", "idle"]
                    .contains(&word)
            })
    })
}

/// What stands in the text between backticks, and is a command.
fn in_text(document: &str, text: &str) -> Vec<Found> {
    let programs = ["sidetone", "make", "docker", "sudo", "systemctl", "journalctl"];
    let mut found = Vec::new();
    for (number, line) in text.lines().enumerate() {
        for word in line.split('`').skip(1).step_by(2) {
            if word.split_once(' ').is_some_and(|(program, _)| programs.contains(&program)) {
                found.push((format!("{document}:{}", number + 1), word.to_owned()));
            }
        }
    }
    found
}

fn documents() -> Vec<(String, String)> {
    let mut paths = vec!["README.md".to_owned(), "emulator/README.md".to_owned()];
    let docs = fs::read_dir(root().join("docs")).unwrap().map(|entry| entry.unwrap().file_name());
    let docs = docs.map(|name| name.into_string().unwrap()).filter(|name| name.ends_with(".md"));
    paths.extend(docs.map(|name| format!("docs/{name}")));
    paths.into_iter().map(|path| (path.clone(), fs::read_to_string(root().join(path)).unwrap())).collect()
}

/// Without the user it is done as, and where the program lies.
fn bare(command: &str) -> &str {
    let command = match command.strip_prefix("sudo -u ") {
        Some(rest) => rest.split_once(' ').unwrap().1,
        None => command,
    };
    command.strip_prefix("./").unwrap_or(command)
}

/// A host on which Sidetone has been set up, in a folder.
fn host() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    for name in ["bin", "etc/sidetone", "etc/systemd/system", "var/lib/sidetone", "usr/local/bin"] {
        fs::create_dir_all(path(name)).unwrap();
    }
    for name in ["bin/sidetone", "sidetone"] {
        symlink(env!("CARGO_BIN_EXE_sidetone"), path(name)).unwrap();
    }
    symlink(root().join("deploy").canonicalize().unwrap(), path("deploy")).unwrap();
    fs::write(path("bin/sudo"), "#!/bin/sh\n[ \"$1\" = -u ] && shift 2\nexec \"$@\"\n").unwrap();
    fs::set_permissions(path("bin/sudo"), fs::Permissions::from_mode(0o755)).unwrap();
    let settings = "public_url = \"https://phone.example.com/prod\"\ndatabase = \"var/lib/sidetone/sidetone.db\"\n\
        [twilio]\naccount_sid = \"AC00000000000000000000000000000001\"\nauth_token = \"0123456789abcdef0123456789abcdef\"\n\
        api_key_sid = \"SK00000000000000000000000000000001\"\napi_key_secret = \"abcdefghijklmnopqrstuvwxyz012345\"\n\
        application_sid = \"AP00000000000000000000000000000001\"\n";
    fs::write(path("etc/sidetone/sidetone.toml"), settings).unwrap();
    folder
}

fn run(host: &Path, command: &str) -> Output {
    let here = |name: &str| host.join(name).display().to_string();
    let mut command = command.to_owned();
    for name in ["/etc/", "/var/lib/", "/usr/local/"] {
        command = command.replace(name, &format!("{}{name}", host.display()));
    }
    Command::new("/bin/sh")
        .args(["-c", &command])
        .current_dir(host)
        .env_clear()
        .env("PATH", format!("{}:/usr/bin:/bin", here("bin")))
        .env("SIDETONE_CONFIG", here("etc/sidetone/sidetone.toml"))
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

/// Why a command does not do what the document says, if so.
fn try_out(command: &str) -> Result<(), String> {
    let mut command = command.to_owned();
    for (place, value) in PLACES {
        command = command.replace(place, value);
    }
    let host = host();
    // What is changed has been there before.
    if !command.contains("line add") {
        let added = run(host.path(), &format!("sidetone line add '{NUMBER}' --label Before"));
        assert!(added.status.success(), "{}", String::from_utf8_lossy(&added.stderr));
    }
    let output = run(host.path(), &command);
    if output.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&output.stderr).into_owned()) }
}

/// Whether the program has such a command with such options.
fn is_known(command: &str) -> Result<(), String> {
    let words: Vec<_> = command.split(' ').skip(1).collect();
    let named = words.iter().take_while(|word| word.starts_with(|c: char| c.is_ascii_lowercase()));
    let help = Command::new(env!("CARGO_BIN_EXE_sidetone")).args(named).arg("--help").output().unwrap();
    if !help.status.success() {
        return Err(String::from_utf8_lossy(&help.stderr).into_owned());
    }
    let text = String::from_utf8_lossy(&help.stdout);
    let unknown = words.iter().find(|word| word.starts_with("--") && !text.contains(**word));
    unknown.map_or(Ok(()), |option| Err(format!("it has no {option}")))
}

fn targets() -> BTreeSet<String> {
    let makefile = fs::read_to_string(root().join("Makefile")).unwrap();
    let names = makefile.lines().filter_map(|line| line.split_once(':'));
    names.map(|(name, _)| name.to_owned()).filter(|name| !name.starts_with(['\t', ' ', '.'])).collect()
}

#[test]
fn every_command_of_the_documents_does_what_it_says() {
    let targets = targets();
    let (mut faults, mut tried, mut used) = (Vec::new(), 0, BTreeSet::new());
    for (document, text) in documents() {
        let blocks = in_blocks(&document, &text).into_iter().map(|found| (found, true));
        let words = in_text(&document, &text).into_iter().map(|found| (found, false));
        for ((place, command), in_block) in blocks.chain(words) {
            let bare = bare(&command);
            let elsewhere = ELSEWHERE.iter().find(|(start, ..)| bare.starts_with(start));
            let outcome = if let Some((start, ..)) = elsewhere {
                used.insert(*start);
                Ok(())
            } else if let Some(target) = bare.strip_prefix("make ") {
                let target = target.split(' ').next().unwrap();
                targets
                    .contains(target)
                    .then_some(())
                    .ok_or_else(|| "the Makefile has no such target".to_owned())
            } else if command.contains('…')
                || (!in_block && !command.contains('<') && bare.starts_with("sidetone "))
            {
                is_known(bare.split(" …").next().unwrap())
            } else {
                tried += 1;
                try_out(&command)
            };
            if let Err(why) = outcome {
                faults.push(format!("{place}: {command}\n    {why}"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(
        tried > 10,
        "only {tried} commands were tried: the documents are read otherwise than they are written"
    );
    let idle: Vec<_> =
        ELSEWHERE.iter().map(|(start, ..)| start).filter(|start| !used.contains(**start)).collect();
    assert!(idle.is_empty(), "no document has them any more: {idle:?}");
}

#[test]
fn what_is_tried_elsewhere_is_tried_there() {
    let mut sources = String::new();
    let mut folders = vec![root().join("tests/tests"), root().join("backend/tests")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                sources.push_str(&fs::read_to_string(path).unwrap());
            }
        }
    }
    for (start, why, test) in ELSEWHERE {
        assert!(!why.is_empty(), "{start}");
        let there = test.is_empty() || sources.contains(&format!("fn {test}("));
        assert!(there, "{start}: there is no test {test}");
    }
}
