//! Short names for what wasm-bindgen's script and the WASM call each other by: the long ones end in hashes, which do not
//! compress, and stand in both files: 10 KB of the download.

use std::collections::BTreeMap;
use wasm_bindgen_cli_support::Output;

/// Of the WASM's imports and exports. The script follows by the list that comes back: long name, short name.
pub(crate) fn shorten(output: &mut Output) -> BTreeMap<String, String> {
    let mut names = BTreeMap::new();
    let wasm = output.wasm_mut();
    let imports = wasm.imports.iter_mut().map(|import| &mut import.name);
    for name in imports.chain(wasm.exports.iter_mut().map(|export| &mut export.name)) {
        if is_for_the_script(name) {
            let number = names.len();
            let short = names.entry(name.clone()).or_insert_with(|| short(number));
            name.clone_from(short);
        }
    }
    names
}

/// Not what the parts share: their files and the script that loads them have those names, too.
fn is_for_the_script(name: &str) -> bool {
    !matches!(name, "main" | "memory" | "__indirect_function_table") && !name.starts_with("__wasm_split")
}

/// `a` to `z`, `A` to `Z`, `aa`…
fn short(number: usize) -> String {
    const LETTERS: &[u8; 52] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    let last = char::from(LETTERS[number % LETTERS.len()]);
    match number / LETTERS.len() {
        0 => last.to_string(),
        more => format!("{}{last}", short(more - 1)),
    }
}
