//! `page-tool LINKED FOLDER`: cuts the WASM that the linker has left into the parts that are loaded later, and makes the script
//! of the first part. FOLDER then holds `main/frontend.js`, `main/frontend_bg.wasm`, the other parts, and two lists in JSON:
//! `parts.json`, the files of each part, in the order in which they are needed, and `names.json`, what the script and the first
//! part call each other by, as the script has it and as the WASM has it.
#![forbid(unsafe_code)]

use anyhow::{Context as _, Result, anyhow};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use wasm_bindgen_cli_support::{Bindgen, Output};

mod names;
mod unused;

const NAME: &str = "frontend";

fn main() -> Result<()> {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let (Some(linked), Some(folder), None) = (arguments.next(), arguments.next(), arguments.next()) else {
        return Err(anyhow!("usage: page-tool LINKED.wasm FOLDER"));
    };
    let main = folder.join(format!("{NAME}.wasm"));
    let parts =
        split(&linked, &folder, &main).with_context(|| format!("{} cannot be split", linked.display()))?;
    write(&folder.join("parts.json"), &parts)?;
    let mut output = bind(&main).with_context(|| format!("wasm-bindgen cannot read {}", main.display()))?;
    write(&folder.join("names.json"), &names::shorten(&mut output))?;
    output.emit(folder.join("main"))
}

/// The files of each part, without their ending.
fn split(linked: &Path, folder: &Path, main: &Path) -> Result<BTreeMap<String, Vec<String>>> {
    let wasm = unused::without_unused(&std::fs::read(linked)?)?;
    let module = format!("./{NAME}.js");
    let mut options = wasm_split_cli_support::Options::new(&wasm);
    options.output_dir = folder;
    options.main_out_path = main;
    options.main_module = &module;
    let split = wasm_split_cli_support::transform(options).map_err(|error| anyhow!("{error:#}"))?;
    Ok(split.prefetch_map.into_iter().collect())
}

fn bind(main: &Path) -> Result<Output> {
    Bindgen::new()
        .input_path(main)
        .web(true)?
        .out_name(NAME)
        .typescript(false)
        .demangle(false)
        // the parts find each other by them
        .keep_lld_exports(true)
        .generate_output()
}

fn write<T: serde::Serialize>(path: &Path, list: &T) -> Result<()> {
    std::fs::write(path, serde_json::to_vec(list)?)
        .with_context(|| format!("{} cannot be written", path.display()))
}
