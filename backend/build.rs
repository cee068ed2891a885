//! What goes into the program beside its code: the migrations, and the page.

use std::{
    env,
    error::Error,
    fs,
    path::{Path, PathBuf},
};

/// Where `make ui` puts the built page, seen from here.
const PAGE: &str = "../dist";
/// Compressed siblings of a file, by the ends of their names.
const COMPRESSED: [&str; 2] = [".br", ".gz"];

fn main() -> Result<(), Box<dyn Error>> {
    // A new migration must rebuild the crate.
    println!("cargo:rerun-if-changed=migrations");
    // A static program that can be anywhere in memory has 40,000 pointers to be set at its start: a megabyte, or this short form.
    if env::var("CARGO_CFG_TARGET_ENV").as_deref() == Ok("musl") {
        println!("cargo:rustc-link-arg-bins=-Wl,-z,pack-relative-relocs");
    }
    let generated = Path::new(&env::var("OUT_DIR")?).join("page.rs");
    Ok(fs::write(generated, format!("&[\n{}]\n", page()?))?)
}

/// Name and content of each file, in the order of the names. In release builds only, unless the feature asks for it: a debug
/// build is run beside the folder, and shows what is built into it at the next request.
fn page() -> Result<String, Box<dyn Error>> {
    let demanded = env::var_os("CARGO_FEATURE_PAGE_INSIDE").is_some();
    if !demanded && env::var("PROFILE")? != "release" {
        return Ok(String::new());
    }
    println!("cargo:rerun-if-changed={PAGE}");
    let folder = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join(PAGE);
    if !folder.join("index.html").is_file() {
        let says = "the page is not built, and so is not in the program: `make ui` builds it";
        if demanded {
            return Err(says.into());
        }
        println!("cargo:warning={says}; without it, the setting ui_dir must name its folder");
        return Ok(String::new());
    }
    let mut files = Vec::new();
    collect(&folder.canonicalize()?, "", &mut files)?;
    files.sort();
    // Two megabytes that hardly anybody asks for: the program unpacks them where it must.
    let packed: Vec<_> =
        files.iter().filter_map(|(name, _)| name.strip_suffix(".gz").map(str::to_owned)).collect();
    files.retain(|(name, _)| !packed.contains(name));
    let line =
        |(name, path): &(String, String)| format!("({name:?}, include_bytes!({path:?}).as_slice()),\n");
    Ok(files.iter().map(line).collect())
}

/// Names and paths of all files below the folder but hidden ones, which are never served.
fn collect(folder: &Path, above: &str, files: &mut Vec<(String, String)>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let text = path.to_str().ok_or("a name in the page's folder, or above it, is not UTF-8")?;
        let name = path.file_name().and_then(|name| name.to_str()).ok_or("a file without a name")?;
        if name.starts_with('.') {
            continue;
        }
        let name = format!("{above}{name}");
        if path.is_dir() {
            collect(&path, &format!("{name}/"), files)?;
        } else if !is_left_over(&path)? {
            files.push((name, text.to_owned()));
        }
    }
    Ok(())
}

/// Compressed from an older file than the one that is there.
fn is_left_over(path: &Path) -> Result<bool, Box<dyn Error>> {
    let text = path.to_string_lossy();
    let original = COMPRESSED.iter().find_map(|end| text.strip_suffix(end)).map(PathBuf::from);
    let Some(original) = original.filter(|original| original.is_file()) else { return Ok(false) };
    Ok(path.metadata()?.modified()? < original.metadata()?.modified()?)
}
