// What a release build of the page runs first (scripts/program.mjs); of a development build Trunk writes this itself.
import init from "program";

// Its name, with a hash.
const wasm = await init({ module_or_path: new URL(PROGRAM, import.meta.url) });
// As Trunk does: the end-to-end tests look at its memory.
dispatchEvent(new CustomEvent("TrunkApplicationStarted", { detail: { wasm } }));
