// What a release build of the page runs first (scripts/program.mjs); of a development build Trunk writes this itself.
import init from "program";

try {
  // Its name, with a hash. It is compiled while the page is still read, and while Twilio's SDK is loaded and runs.
  const program = WebAssembly.compileStreaming(fetch(new URL(PROGRAM, import.meta.url)));
  // What goes wrong meanwhile is told below.
  program.catch(() => {});
  if (document.readyState === "loading") {
    // It looks for its place in the page.
    await new Promise((read) => document.addEventListener("readystatechange", read, { once: true }));
  }
  const wasm = await init({ module_or_path: await program });
  // As Trunk does: the end-to-end tests look at its memory.
  dispatchEvent(new CustomEvent("TrunkApplicationStarted", { detail: { wasm } }));
} catch (error) {
  // The page says so (index.html).
  dispatchEvent(new Event("sidetone-unstarted"));
  throw error;
}
