// Puts the strong noise filter beside the page, which loads it when it is chosen: names without a hash, so that the service
// worker does not fetch it for everybody. The network is the one for processors with SIMD, which every browser that runs this
// page has.
import { copyFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { FRONTEND } from "./files.mjs";

const library = join(FRONTEND, "node_modules/@sapphi-red/web-noise-suppressor/dist");

export const isNoiseThere = () => existsSync(library);

export function copyNoise(staging) {
  copyFileSync(join(FRONTEND, "noise", "noise.js"), join(staging, "noise.js"));
  copyFileSync(join(library, "rnnoise/workletProcessor.js"), join(staging, "noise-worklet.js"));
  copyFileSync(join(library, "rnnoise_simd.wasm"), join(staging, "noise-rnnoise.wasm"));
}
