// index.html is written for Trunk, which builds the page for development. Here its `data-trunk` links are read for a release
// build: https://trunkrs.dev/assets/
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fail, writeHashed } from "./files.mjs";

const LINK = /^ *<link\s+data-trunk\s([^>]*?)\/?>\n/gm;
const ATTRIBUTE = /([\w-]+)(?:="([^"]*)")?/g;

/** The style sheets that `path` links, those of the first moment and those with `data-later`, and how to write the page. */
export function readPage(path) {
  const html = readFileSync(path, "utf8");
  const links = [...html.matchAll(LINK)].map(([, attributes]) => read(attributes));
  const sheets = links.filter(({ rel }) => rel === "css");
  const [page, later] = [false, true].map((wanted) => sheets.filter((link) => ("data-later" in link) === wanted).map(({ href }) => href));
  if (!page.length || !later.length) fail("index.html links no style sheets, or none with data-later");

  /** Writes the page with its links to `built`, by name. */
  function write(staging, built) {
    let styled = false;
    const filled = html.replace(LINK, (_, attributes) => {
      const { rel, href, type } = read(attributes);
      const source = join(dirname(path), href);
      switch (rel) {
        case "icon": {
          const name = writeHashed(staging, href, readFileSync(source));
          return `    <link rel="icon" type="${type}" href="./${name}" />\n`;
        }
        case "css":
          if (styled) return "";
          styled = true;
          return `    <link rel="stylesheet" href="./${built.styles}" />\n`;
        case "copy-file":
          copyFileSync(source, join(staging, basename(href)));
          return "";
        case "rust":
          // Both are asked for at once, and neither waits for Twilio's SDK (`async`).
          return `    <link rel="preload" href="./${built.wasm}" as="fetch" type="application/wasm" crossorigin="anonymous" />\n` +
            `    <script type="module" async src="./${built.script}"></script>\n`;
        default:
          return fail(`index.html links ${href} as ${rel}, which only Trunk knows`);
      }
    });
    if (filled.includes("data-trunk")) fail("index.html has a data-trunk link that is not a line of its own");
    writeFileSync(join(staging, "index.html"), filled);
  }
  return { styles: { page, later }, write };
}

function read(attributes) {
  return Object.fromEntries([...attributes.matchAll(ATTRIBUTE)].map(([, name, value]) => [name, value ?? ""]));
}
