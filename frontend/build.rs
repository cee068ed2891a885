//! Compiles `messages/*.toml` into `crate::text`: a function for every message, so that a missing one is a compile error.
//! English is compiled in; every other language becomes a file that the page loads when it is wanted.

#[path = "build/catalog.rs"]
mod catalog;
#[path = "build/compile.rs"]
mod compile;
#[path = "build/language.rs"]
mod language;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

const ENGLISH: &str = "en";

fn main() -> ExitCode {
    mark_for_split();
    match build() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            for line in error.to_string().lines() {
                println!("cargo::error={line}");
            }
            ExitCode::FAILURE
        }
    }
}

/// What is loaded later (components/lazy.rs) is cut out of the WASM by scripts/program.mjs, of the build that optimises for size
/// only: until it is cut, the WASM does not run.
fn mark_for_split() {
    println!("cargo::rustc-check-cfg=cfg(split)");
    let wasm = env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|arch| arch == "wasm32");
    if wasm && env::var("OPT_LEVEL").is_ok_and(|level| level == "z") {
        println!("cargo::rustc-cfg=split");
        println!("cargo::rustc-link-arg-bins=--emit-relocs");
    }
}

fn build() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("messages");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed={}", folder.display());

    let english = catalog::read(&folder, ENGLISH)?;
    let mut others = Vec::new();
    for tag in tags(&folder)? {
        if tag != ENGLISH {
            others.push(catalog::read(&folder, &tag)?);
        }
    }
    let compiled = compile::compile(&english, &others)?;
    fs::write(out.join("text.rs"), compiled.rust)?;
    // Where a hook finds them (scripts/messages.mjs): the same for every way in which this crate is built.
    let languages = profile_folder(&out)?.join("messages");
    fs::create_dir_all(&languages)?;
    for (tag, json) in compiled.files {
        let path = languages.join(format!("messages-{tag}.json"));
        fs::write(&path, json)?;
        println!("cargo::rerun-if-changed={}", path.display());
    }
    Ok(())
}

/// The languages that there are files for, in the order of their tags.
fn tags(folder: &Path) -> Result<Vec<String>, Box<dyn Error>> {
    let mut tags = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            let tag = path.file_stem().and_then(|stem| stem.to_str());
            tags.push(tag.ok_or("a message file's name is not UTF-8")?.to_owned());
        }
    }
    tags.sort();
    Ok(tags)
}

/// `target/<triple>/<profile>` of `target/<triple>/<profile>/build/<crate>/out`.
fn profile_folder(out: &Path) -> Result<&Path, Box<dyn Error>> {
    Ok(out.ancestors().nth(3).ok_or("OUT_DIR is not where cargo puts it")?)
}
