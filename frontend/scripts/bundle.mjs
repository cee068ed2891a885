// One script and two style sheets of a release build, by esbuild.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import * as esbuild from "esbuild";
import { FRONTEND, writeHashed } from "./files.mjs";

/** The parts that bring their looks along. */
const STYLED = ["later", "admin"];

// wasm-bindgen's script imports the loader of the parts once for each part.
const LOG = { "duplicate-object-key": "silent" };

/** Makes one style sheet of those that the page opens with, and one of the others. Returns their names. */
export async function writeStyles({ page, later }, staging) {
  return { page: await sheet("page.css", page, staging), later: await sheet("later.css", later, staging) };
}

async function sheet(name, files, staging) {
  const imports = files.map((file) => `@import ${JSON.stringify(`./${file}`)};\n`).join("");
  const css = await bundled({ stdin: { contents: imports, loader: "css", resolveDir: FRONTEND } });
  return writeHashed(staging, name, css);
}

/** Makes one script of wasm-bindgen's and ours, which starts the `program` and loads its parts. Returns its name. */
export async function writeScript(program, styles, work, staging) {
  // Where wasm-bindgen's script looks for it.
  writeFileSync(join(dirname(program.script), "__wasm_split.js"), loaders(program.parts, styles));
  const script = await bundled({
    entryPoints: [join(FRONTEND, "loader", "start.js")],
    format: "esm",
    alias: { program: program.script },
    define: { PROGRAM: JSON.stringify(`./${program.main}`) },
    // The short names that page-tool has given to what stands in both files.
    mangleProps: new RegExp(`^(?:${Object.keys(program.names).join("|")})$`),
    mangleCache: program.names,
  });
  return writeHashed(staging, "frontend.js", script);
}

/** Makes the scripts small that are files of their own. Twilio's SDK stays as it is, byte for byte. */
export function minifyScripts(staging) {
  for (const name of readdirSync(staging).filter((name) => /^[a-z-]+\.js$/.test(name))) {
    const path = join(staging, name);
    writeFileSync(path, esbuild.transformSync(readFileSync(path, "utf8"), { minify: true }).code);
  }
}

function loaders(parts, styles) {
  const lines = [...parts].map(([part, files]) => {
    const needed = [files.map((file) => `./${file}`), ...(STYLED.includes(part) ? [`./${styles}`] : [])];
    return `export const __wasm_split_load_${part} = part(${needed.map((of) => JSON.stringify(of)).join(", ")});\n`;
  });
  return `import { part } from ${JSON.stringify(join(FRONTEND, "loader", "parts.js"))};\n${lines.join("")}`;
}

async function bundled(options) {
  const { outputFiles } = await esbuild.build({ bundle: true, minify: true, write: false, outdir: FRONTEND, logLevel: "warning", logOverride: LOG, ...options });
  return outputFiles[0].contents;
}
