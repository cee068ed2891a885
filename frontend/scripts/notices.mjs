// Writes third-party.txt: the licences of everything that is part of the page. Most ask that their text goes wherever the
// program goes.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { FRONTEND, run } from "./files.mjs";

const PACKAGES = ["@twilio/voice-sdk", "@sapphi-red/web-noise-suppressor"];
const IS_LICENCE = /^(?:licen[cs]e|copying|notice|unlicense)/i;

export function writeNotices(staging) {
  // The same text stands once, below the names of all that have it.
  const names = new Map();
  for (const { name, text } of [...drawnAndTrained(), ...packages(), ...crates()]) {
    names.set(text, [...(names.get(text) ?? []), name]);
  }
  const line = `\n\n${"-".repeat(80)}\n\n`;
  const parts = [...names].map(([text, of]) => `${of.join("\n")}\n\n${text}`);
  const head = "Sidetone's page is made with the following, with thanks. Sidetone itself: MIT licence.";
  writeFileSync(join(staging, "third-party.txt"), [head, ...parts].join(line) + "\n");
}

// What came without a package; the names of the files are those of the projects.
function drawnAndTrained() {
  const folder = join(FRONTEND, "notices");
  return readdirSync(folder).map((file) => ({ name: file.replace(".txt", ""), text: tidy(join(folder, file)) }));
}

function packages() {
  return PACKAGES.flatMap((name) => {
    const folder = join(FRONTEND, "node_modules", name);
    // A development build goes on without the noise filter (trunk.mjs).
    if (!existsSync(folder)) return [];
    const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    return licences(folder).map((text) => ({ name: `${name} ${version}`, text }));
  });
}

// The crates that are compiled into the program: not those that only build it.
function crates() {
  // Not offline: it wants the manifests of the whole workspace, of which a fresh clone has fetched the page's only.
  const args = ["metadata", "--format-version=1", "--filter-platform=wasm32-unknown-unknown", "--locked"];
  const { packages, resolve } = JSON.parse(run("cargo", args));
  const byId = new Map(packages.map((crate) => [crate.id, crate]));
  const needs = new Map(resolve.nodes.map((node) => [node.id, node.deps.filter(isPart).map((dep) => dep.pkg)]));
  const found = new Set();
  const take = (id) => {
    const crate = byId.get(id);
    if (found.has(crate) || crate.targets.some(({ kind }) => kind.includes("proc-macro"))) return;
    found.add(crate);
    needs.get(id).forEach(take);
  };
  take(packages.find((crate) => crate.name === "frontend").id);
  return [...found]
    .filter((crate) => crate.source)
    .sort((one, other) => one.name.localeCompare(other.name))
    .flatMap((crate) => {
      const texts = licences(dirname(crate.manifest_path));
      if (!texts.length) texts.push(`${crate.license}. ${crate.authors.join(", ")} ${crate.repository ?? ""}`.trim());
      return texts.map((text) => ({ name: `${crate.name} ${crate.version}`, text }));
    });
}

function isPart(dependency) {
  return dependency.dep_kinds.some(({ kind }) => kind === null);
}

// Of a choice between licences, one is enough: the shorter one of MIT and Apache.
function licences(folder) {
  const files = readdirSync(folder).filter((file) => IS_LICENCE.test(file));
  const mit = files.filter((file) => /mit/i.test(file));
  return (mit.length ? mit : files).map((file) => tidy(join(folder, file)));
}

function tidy(file) {
  return readFileSync(file, "utf8").replaceAll("\r", "").trim();
}
