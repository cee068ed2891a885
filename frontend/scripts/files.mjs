// What the steps of the build have in common: where files are, names that change with the content, other programs.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { extname, join } from "node:path";

export const FRONTEND = join(import.meta.dirname, "..");
export const ROOT = join(FRONTEND, "..");
export const TARGET = "wasm32-unknown-unknown";

/** The first 16 digits of SHA-256. */
export function hash(...contents) {
  const sum = createHash("sha256");
  contents.forEach((content) => sum.update(content));
  return sum.digest("hex").slice(0, 16);
}

/** Writes `name` into `folder` with the content's hash in its name, and returns that: `page-0123456789abcdef.css`. */
export function writeHashed(folder, name, content, suffix = "") {
  const extension = extname(name);
  const hashed = `${name.slice(0, -extension.length)}-${hash(content)}${suffix}${extension}`;
  writeFileSync(join(folder, hashed), content);
  return hashed;
}

/** Where cargo puts what it builds for browsers. */
export function builtFolder(profile) {
  const { target_directory } = JSON.parse(run("cargo", ["metadata", "--format-version=1", "--no-deps", "--offline"]));
  return join(target_directory, TARGET, profile);
}

/** What `program` prints. */
export function run(program, args) {
  try {
    return execFileSync(program, args, { cwd: ROOT, encoding: "utf8", maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "inherit"] });
  } catch (error) {
    fail(error.code === "ENOENT" ? `${program} is not on PATH: \`make ui\` installs it` : error.message);
  }
}

export function fail(why) {
  throw new Error(`The page cannot be built: ${why}`);
}
