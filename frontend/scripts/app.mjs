// Makes the staged page an app that can be installed: its manifests and icons, the service worker with the list of its files,
// and the page that is shown without a server. Everything it says comes from the message files.
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fail, FRONTEND, hash } from "./files.mjs";

const HASHED = /[-.][0-9a-f]{12,}[-._]/;
const source = (name) => readFileSync(join(FRONTEND, "sw", name), "utf8");

/** `kept` are the kinds of files that the service worker keeps, of those whose names change with the content. */
export function writeApp(staging, kept) {
  const staged = (name) => join(staging, name);
  const bare = readFileSync(staged("index.html"), "utf8");
  const languages = readdirSync(join(FRONTEND, "messages"))
    .map((file) => file.replace(".toml", ""))
    .sort((one, other) => (other === "en") - (one === "en") || one.localeCompare(other));
  const page = replaced(bare, 'role="alert" hidden></div>', `role="alert" hidden>${unstarted(languages)}</div>`);
  for (const icon of readdirSync(join(FRONTEND, "icons"))) copyFileSync(join(FRONTEND, "icons", icon), staged(icon));
  for (const tag of languages) writeFileSync(staged(manifestName(tag)), manifest(tag, page));
  const offline = offlinePage(page, languages);
  writeFileSync(staged("offline.html"), offline);
  copyFileSync(join(FRONTEND, "sw", "offline.js"), staged("offline.js"));

  const files = readdirSync(staging).filter((name) => HASHED.test(name) && kept.test(name)).sort();
  const unnamed = ["twilio.min.js", "offline.html", "offline.js"].map((name) => readFileSync(staged(name)));
  const build = hash(files.join(), source("sw.js"), page, ...unnamed);
  writeFileSync(staged("index.html"), replaced(page, "</title>", `</title>\n    <meta name="sidetone-build" content="${build}" />`));
  const worker = replaced(source("sw.js"), 'const BUILD = "";', `const BUILD = ${JSON.stringify(build)};`);
  writeFileSync(staged("sw.js"), replaced(worker, "const FILES = [];", `const FILES = ${JSON.stringify(files)};`));
}

function manifestName(tag) {
  return tag === "en" ? "manifest.webmanifest" : `manifest.${tag}.webmanifest`;
}

function manifest(tag, page) {
  // What the page's window has behind it until the page is drawn: the page's own ground.
  const ground = page.match(/name="theme-color" content="(#[0-9a-f]{6})"/)?.[1] ?? fail("index.html names no colour");
  const filled = replaced(replaced(source("manifest.json"), "{tag}", tag), "{ground}", ground);
  return replaced(filled, "{description}", text(tag, "description"));
}

// Its looks are those of the page: the same style sheets, icon and head.
function offlinePage(page, languages) {
  const links = page.match(/<link [^>]*rel="(?:icon|stylesheet)"[^>]*>/g)?.join("\n    ");
  const header = page.match(/<header [^]*?<\/header>/)?.[0];
  if (!links || !header) fail("index.html has no style sheets, or no header");
  const sections = languages.map((tag, place) => `<section class="card splash" lang="${tag}"${place ? " hidden" : ""}>
          <h1 class="splash-title">${text(tag, "offline_title")}</h1>
          <p role="status">${text(tag, "offline_words")}</p>
          <button type="button" class="action action-brand">${text(tag, "offline_retry")}</button>
        </section>`);
  const filled = replaced(source("offline.html"), "<!-- links of the page -->", links);
  return replaced(replaced(filled, "<!-- header of the page -->", header), "<!-- words -->", sections.join("\n        "));
}

// What the page says where its program does not come.
function unstarted(languages) {
  const words = languages.map((tag) => `
              <div lang="${tag}">
                <p>${text(tag, "unstarted")}</p>
                <button type="button" class="action action-brand">${text(tag, "offline_retry")}</button>
              </div>`);
  return `${words.join("")}\n            `;
}

// Of the table [install]; build.rs has checked that every language has it. Plain words: they go into HTML and JSON as they are.
function text(tag, key) {
  const file = readFileSync(join(FRONTEND, "messages", `${tag}.toml`), "utf8");
  const table = file.split(/^\[install\]$/m)[1]?.split(/^\[/m)[0] ?? "";
  const [, found] = table.match(new RegExp(`^${key} = "([^"<&\\\\]+)"$`, "m")) ?? [];
  return found ?? fail(`messages/${tag}.toml: [install] has no plain ${key}`);
}

function replaced(text, what, by) {
  if (!text.includes(what)) fail(`${JSON.stringify(what)} is not where it was`);
  return text.replaceAll(what, () => by);
}
