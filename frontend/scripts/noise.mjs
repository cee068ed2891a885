// Puts the strong noise filter beside the page; the page loads it when it is chosen. Only where the processor can do SIMD, which
// every browser that runs this page has.
import { copyFileSync, existsSync } from "node:fs";
import { join } from "node:path";

const library = join(import.meta.dirname, "../node_modules/@sapphi-red/web-noise-suppressor/dist");

/** A development build goes on without it: the page then says that the filter is not there. */
export function copyNoise(profile, staging) {
  if (!existsSync(library) && profile !== "release") {
    console.warn("noise.mjs: no strong noise filter: run `npm ci` in frontend/.");
    return;
  }
  copyFileSync(join(library, "rnnoise/workletProcessor.js"), join(staging, "noise-worklet.js"));
  copyFileSync(join(library, "rnnoise_simd.wasm"), join(staging, "noise-rnnoise.wasm"));
}
