// Release builds only: makes one style sheet of those that the page opens with, and one of those that index.html marks with
// `data-later`: it comes with the parts of the program that are loaded later, and only they need it.
import { createHash } from "node:crypto";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const { TRUNK_STAGING_DIR } = process.env;
const LINK = /^ *<link rel="stylesheet" href="\.\/([^"]+)"( data-later(?:="")?)?\s*\/?>\n/gm;

/** The name of the style sheet that comes later. */
export function stylesStaged() {
  const page = join(TRUNK_STAGING_DIR, "index.html");
  const html = readFileSync(page, "utf8");
  const links = [...html.matchAll(LINK)];
  const [early, late] = [links.filter(([, , later]) => !later), links.filter(([, , later]) => later)];
  if (!early.length || !late.length) throw new Error("styles.mjs: index.html links no style sheets, or none with data-later");
  const link = `    <link rel="stylesheet" href="./${merged("page", early)}" />\n`;
  const [first] = early[0];
  writeFileSync(page, html.replace(first, () => link).replace(LINK, (found) => (found === link ? found : "")));
  return merged("later", late);
}

function merged(name, links) {
  const paths = links.map(([, file]) => join(TRUNK_STAGING_DIR, file));
  const css = paths.map((path) => readFileSync(path, "utf8")).join("\n");
  paths.forEach((path) => rmSync(path));
  const file = `${name}-${createHash("sha256").update(css).digest("hex").slice(0, 16)}.css`;
  writeFileSync(join(TRUNK_STAGING_DIR, file), css);
  return file;
}
