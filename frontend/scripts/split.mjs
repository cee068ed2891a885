// Release builds only: cuts what `lazy_part!` marks (frontend/src/components/lazy.rs) out of the WASM into files of their own.
// The cut must come between cargo and wasm-bindgen, where Trunk has no hook, so this does again what Trunk has done with the
// uncut file, and puts the results in its place: split, wasm-bindgen, wasm-opt. Trunk says by the environment where the
// files are.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { withoutExports } from "./exports.mjs";
import { SHORTEN, shortened } from "./names.mjs";

const { TRUNK_STAGING_DIR } = process.env;

// What rustc lets LLVM use for wasm32-unknown-unknown; wasm-opt must know it of chunks, which do not say so themselves.
const FEATURES = ["bulk-memory", "multivalue", "mutable-globals", "nontrapping-float-to-int", "reference-types", "sign-ext"];
// What is smallest once compressed, of the levels and their combinations, with and without `--converge`. Functions that are alike
// have names that are alike, and compress better side by side. Below the stack, where Rust has nothing, lie more than 1024 bytes.
const OPTIMIZE = [
  ...["--low-memory-unused", "-O2", "-Os", "--reorder-functions-by-name", "--strip-debug", "--strip-producers"],
  ...FEATURES.map((feature) => `--enable-${feature}`),
];

// The streams of leptos' server functions (wasm-streams): 3 KB that nobody calls, kept by their exports alone.
const UNUSED = /ntounderlying(byte)?s(ource|ink)/;

/** `styles` is the style sheet that comes with the parts. */
export function splitStaged(styles) {
  const folder = mkdtempSync(join(tmpdir(), "sidetone-split-"));
  try {
    split(folder, styles);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function split(folder, styles) {
  const { target_directory } = JSON.parse(run("cargo", ["metadata", "--format-version=1", "--no-deps", "--offline"]));
  const built = join(target_directory, "wasm32-unknown-unknown", "wasm-release", "frontend.wasm");
  const linked = join(folder, "linked.wasm");
  writeFileSync(linked, withoutExports(readFileSync(built), UNUSED));
  run("page-tool", [linked, folder]);
  rmSync(linked);
  const main = `${folder}/main/frontend_bg.wasm`;
  const names = optimize(main, SHORTEN);
  let loader = readFileSync(`${folder}/__wasm_split.js`, "utf8");
  const chunks = readdirSync(folder).filter((name) => name !== "frontend.wasm" && name.endsWith(".wasm"));
  for (const chunk of chunks) {
    optimize(join(folder, chunk));
    const wasm = readFileSync(join(folder, chunk));
    const name = `${chunk.replace(/^split_|\.wasm$/g, "")}-${hash(wasm)}.wasm`;
    writeFileSync(join(TRUNK_STAGING_DIR, name), wasm);
    loader = replaced(loader, `"./${chunk}"`, `"./${name}"`);
  }
  loader = withStyles(loader, styles);
  const script = withLoader(readFileSync(`${folder}/main/frontend.js`, "utf8"), loader);
  replaceTrunks(readFileSync(main), shortened(script, names, fail));
}

// What wasm-opt prints.
function optimize(path, after = []) {
  return run("wasm-opt", [...OPTIMIZE, ...after, path, "-o", path]);
}

// What is in later.wasm is there when its looks are: what fails is taken back, so that the next try is a whole one.
function withStyles(loader, styles) {
  const load = `
let styled;
const dress = () => (styled ??= new Promise((done, failed) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = new URL("./${styles}", import.meta.url);
    link.onload = done;
    link.onerror = () => { link.remove(); styled = undefined; failed(new Error("no style sheet")); };
    document.head.append(link);
}));
const inStyle = (load) => wrapAsyncCb(() => Promise.all([load(), dress()]));
`;
  return load + replaced(loader, "__wasm_split_load_later = wrapAsyncCb(", "__wasm_split_load_later = inStyle(");
}

// The loader becomes part of wasm-bindgen's script: a file of its own would have to come before the WASM is asked for.
function withLoader(script, loader) {
  const names = [...loader.matchAll(/^export const (\w+)/gm)].map((match) => match[1]);
  const own = replaced(loader, 'import { initSync } from "./frontend.js";\n', "").replaceAll("export const", "const");
  // Imported anew for every file that is loaded later.
  const line = /^import \* as (\w+) from "\.\/__wasm_split\.js";?\n/gm;
  const bindings = [...script.matchAll(line)].map(([, binding]) => `const ${binding} = loader;\n`);
  if (!bindings.length) fail("wasm-bindgen's script does not import the loader of the parts");
  return `${script.replace(line, "")}\n${own}\nconst loader = { ${names.join(", ")} };\n${bindings.join("")}`;
}

// Puts both files where Trunk has put those made of the uncut WASM, under names of their content.
function replaceTrunks(wasm, script) {
  const staged = readdirSync(TRUNK_STAGING_DIR);
  const old = staged.map((name) => name.match(/^frontend-([0-9a-f]+)\.js$/)?.[1]).find(Boolean);
  if (!old) fail("Trunk has made no frontend-*.js");
  const name = hash(wasm, script);
  for (const extension of [".js", "_bg.wasm"]) rmSync(join(TRUNK_STAGING_DIR, `frontend-${old}${extension}`));
  writeFileSync(join(TRUNK_STAGING_DIR, `frontend-${name}.js`), script.replaceAll("frontend_bg.wasm", `frontend-${name}_bg.wasm`));
  writeFileSync(join(TRUNK_STAGING_DIR, `frontend-${name}_bg.wasm`), wasm);
  const page = join(TRUNK_STAGING_DIR, "index.html");
  writeFileSync(page, replaced(readFileSync(page, "utf8"), `frontend-${old}`, `frontend-${name}`));
}

function hash(...contents) {
  const sum = createHash("sha256");
  contents.forEach((content) => sum.update(content));
  return sum.digest("hex").slice(0, 16);
}

function replaced(text, what, by) {
  if (!text.includes(what)) fail(`a tool has changed what it writes: no ${JSON.stringify(what)}`);
  return text.replaceAll(what, by);
}

function run(program, args) {
  try {
    return execFileSync(program, args, { encoding: "utf8", maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "inherit"] });
  } catch (error) {
    fail(error.code === "ENOENT" ? `${program} is not on PATH: \`make ui\` installs it` : error.message);
  }
}

function fail(why) {
  console.error(`split.mjs: ${why}`);
  process.exit(1);
}
