//! `page-tool LINKED FOLDER`: cuts the WASM that the linker has left into the parts that are loaded later, and makes the script
//! of the first part. FOLDER then holds `main/frontend.js`, `main/frontend_bg.wasm`, the other parts and `__wasm_split.js`.
#![forbid(unsafe_code)]

use anyhow::{Context as _, Result, anyhow};
use std::path::{Path, PathBuf};
use wasm_bindgen_cli_support::Bindgen;

const NAME: &str = "frontend";

fn main() -> Result<()> {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let (Some(linked), Some(folder), None) = (arguments.next(), arguments.next(), arguments.next()) else {
        return Err(anyhow!("usage: page-tool LINKED.wasm FOLDER"));
    };
    let main = folder.join(format!("{NAME}.wasm"));
    split(&linked, &folder, &main).with_context(|| format!("{} cannot be split", linked.display()))?;
    bind(&main, &folder.join("main")).with_context(|| format!("wasm-bindgen cannot read {}", main.display()))
}

fn split(linked: &Path, folder: &Path, main: &Path) -> Result<()> {
    let wasm = std::fs::read(linked)?;
    let module = format!("./{NAME}.js");
    let mut options = wasm_split_cli_support::Options::new(&wasm);
    options.output_dir = folder;
    options.main_out_path = main;
    options.main_module = &module;
    wasm_split_cli_support::transform(options).map(drop).map_err(|error| anyhow!("{error:#}"))
}

/// The names by which the parts find each other must stay.
fn bind(main: &Path, folder: &Path) -> Result<()> {
    Bindgen::new()
        .input_path(main)
        .web(true)?
        .out_name(NAME)
        .typescript(false)
        .demangle(false)
        .keep_lld_exports(true)
        .omit_default_module_path(false)
        .generate(folder)
}
