// The program of a release build: compiled, cut where `lazy_part!` says (frontend/src/components/lazy.rs), and made small.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { builtFolder, run, TARGET, writeHashed } from "./files.mjs";

// What rustc lets LLVM use for wasm32-unknown-unknown; wasm-opt must know it of parts, which do not say so themselves.
const FEATURES = ["bulk-memory", "multivalue", "mutable-globals", "nontrapping-float-to-int", "reference-types", "sign-ext"];
// What is smallest once compressed, of the levels and their combinations, with and without `--converge`. Functions that are alike
// have names that are alike, and compress better side by side. Below the stack, where Rust has nothing, lie more than 1024 bytes.
const OPTIMIZE = [
  ...["--low-memory-unused", "-O2", "-Os", "--reorder-functions-by-name", "--strip-debug", "--strip-producers"],
  ...FEATURES.map((feature) => `--enable-${feature}`),
];

/**
 * Puts the WASM files into `staging`. Returns their names, `main` and for each part those it needs in their order, with
 * wasm-bindgen's script and the names that it must call the WASM by.
 */
export function buildProgram(profile, work, staging) {
  run("cargo", ["build", "--locked", "--package=frontend", "--bin=frontend", `--profile=${profile}`, `--target=${TARGET}`]);
  run("page-tool", [join(builtFolder(profile), "frontend.wasm"), work]);
  const read = (name) => JSON.parse(readFileSync(join(work, name), "utf8"));
  const parts = read("parts.json");
  const hashed = new Map();
  for (const file of new Set(Object.values(parts).flat())) {
    const wasm = optimized(join(work, `${file}.wasm`));
    hashed.set(file, writeHashed(staging, `${file.replace("split_", "")}.wasm`, wasm));
  }
  return {
    main: writeHashed(staging, "frontend.wasm", optimized(join(work, "main", "frontend_bg.wasm")), "_bg"),
    parts: new Map(Object.entries(parts).map(([part, files]) => [part, files.map((file) => hashed.get(file))])),
    script: join(work, "main", "frontend.js"),
    names: read("names.json"),
  };
}

function optimized(path) {
  run("wasm-opt", [...OPTIMIZE, path, "-o", path]);
  return readFileSync(path);
}
