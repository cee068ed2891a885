// Release builds only: gives what wasm-bindgen's script and the WASM call each other by short names. The long ones end in
// hashes, which do not compress, and stand in both files: 10 KB of the download. Takes out what nobody calls on the way.

// Of leptos' server functions, which the phone does not use, but exports all the same (split.mjs).
const UNUSED = /^(?:export class (IntoUnderlying\w+) \{[^]*?^\}|if \(Symbol\.dispose\) IntoUnderlying.*|const IntoUnderlying\w+Finalization = [^]*?;)\n/gm;

/** What makes wasm-opt do its share, after the optimisations, and print [`shortened`]'s `printed`. */
export const SHORTEN = ["--minify-imports-and-exports-and-modules"];

/** `printed` is wasm-opt's list of old and new names; all imports come from one module then. */
export function shortened(script, printed, fail) {
  const { imports, exports } = JSON.parse(printed);
  const modules = new Map(imports.map(([module]) => [module, new Map()]));
  imports.forEach(([module, long, short]) => modules.get(module).set(long, short));
  const [own, others] = [modules.get("./frontend_bg.js"), [...modules].filter(([module]) => module !== "./frontend_bg.js")];

  let short = script.replace(UNUSED, "");
  let kept = 0;
  short = short.replace(/^ {8}(__wb\w+): (function\([^]*?^ {8}\}(?:, arguments\); \})?),\n/gm, (_, long, body) => {
    const name = own.get(long);
    kept += name === undefined ? 0 : 1;
    return name === undefined ? "" : `        ${key(name)}: ${body},\n`;
  });
  if (kept !== own.size) fail(`${own.size} functions are imported from wasm-bindgen's script, and ${kept} were found in it`);

  const returned = /^ {8}"\.\/frontend_bg\.js": (\w+),\n((?: {8}"[^"]+": \w+,\n)*)/m;
  const [found, first, rest] = short.match(returned) ?? fail("wasm-bindgen's script hands over no imports");
  const merged = others.flatMap(([module, names]) => {
    const [, of] = rest.match(new RegExp(`"${module.replaceAll(".", "\\.")}": (\\w+),`)) ?? fail(`no import of ${module}`);
    return [...names].map(([long, name]) => `${key(name)}: ${of}.${long}`);
  });
  short = short.replace(found, () => `        a: Object.assign(${first}, { ${merged.join(", ")} }),\n`);

  for (const [long, name] of exports) {
    // As `wasm.name`, and where the loader of the parts takes some apart.
    short = short.replaceAll(new RegExp(`(?<=\\bwasm)\\.${long}\\b`, "g"), () => `[${JSON.stringify(name)}]`);
    short = short.replaceAll(new RegExp(`(?<=const \\{[^}]*)\\b${long},(?=[^}]*\\} = initSync)`, "g"), () => `${key(name)}: ${long},`);
  }
  const left = short.match(/\bwasm\.\w+/);
  if (left) fail(`${left[0]} is not exported`);
  return short;
}

const key = (name) => (/^[$\w]+$/.test(name) ? name : JSON.stringify(name));
