//! Takes exports that nobody calls out of the WASM as the linker has left it, so that the splitter sees that what only they reach
//! is not needed. All it says about where what stands, which the splitter needs, stays as it is.

use anyhow::Result;
use wasm_encoder::{ExportKind, ExportSection, Module, RawSection};
use wasmparser::{Parser, Payload};

/// Of leptos' server functions (the crate wasm-streams), which the page does not use: 4 KB of the download.
const UNUSED: [&str; 3] = ["intounderlyingbytesource", "intounderlyingsource", "intounderlyingsink"];

pub(crate) fn without_unused(wasm: &[u8]) -> Result<Vec<u8>> {
    let mut module = Module::new();
    for payload in Parser::new(0).parse_all(wasm) {
        match payload? {
            Payload::ExportSection(exports) => {
                let mut section = ExportSection::new();
                for export in exports {
                    let export = export?;
                    if !UNUSED.iter().any(|unused| export.name.contains(unused)) {
                        section.export(export.name, ExportKind::from(export.kind), export.index);
                    }
                }
                module.section(&section);
            }
            other => {
                if let Some((id, range)) = other.as_section() {
                    let range = usize::try_from(range.start)?..usize::try_from(range.end)?;
                    module.section(&RawSection { id, data: &wasm[range] });
                }
            }
        }
    }
    Ok(module.finish())
}
