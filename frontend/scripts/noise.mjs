// Puts the strong noise filter beside the page, which loads it when it is chosen: names without a hash, so that the service
// worker does not fetch it for everybody. The network is the one for processors with SIMD, which every browser that runs this
// page has.
import { copyFileSync, existsSync } from "node:fs";
import { join } from "node:path";

const frontend = join(import.meta.dirname, "..");
const library = join(frontend, "node_modules/@sapphi-red/web-noise-suppressor/dist");

/** A development build goes on without it: the page then says that the filter is not there. */
export function copyNoise(profile, staging) {
  if (!existsSync(library)) {
    const cure = "noise.mjs: no strong noise filter: run `npm ci` in frontend/.";
    if (profile === "release") throw new Error(cure);
    console.warn(cure);
    return;
  }
  copyFileSync(join(frontend, "noise", "noise.js"), join(staging, "noise.js"));
  copyFileSync(join(library, "rnnoise/workletProcessor.js"), join(staging, "noise-worklet.js"));
  copyFileSync(join(library, "rnnoise_simd.wasm"), join(staging, "noise-rnnoise.wasm"));
}
