// Draws icon.svg as the PNGs of icons/, which are kept in the repository: `node frontend/scripts/icons.mjs`, after the drawing
// has changed. Needs `chromium` on PATH, as the end-to-end tests do.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const frontend = join(import.meta.dirname, "..");
const drawing = readFileSync(join(frontend, "icon.svg"), "utf8");
// Systems cut a maskable icon, and Apple's rounds its corners itself: the ground goes to the edges, and what counts stays in
// the middle. https://www.w3.org/TR/appmanifest/#icon-masks: a circle of 80 % of the width.
const ground = drawing.match(/fill="(#[0-9a-f]{6})"/)[1];
const full = drawing.replace('viewBox="0 0 32 32"', 'viewBox="-4 -4 40 40"').replace(/<rect [^>]*>/, `<rect x="-4" y="-4" width="40" height="40" fill="${ground}"/>`);

const ICONS = [
  ["icon-192", 192, drawing],
  ["icon-512", 512, drawing],
  ["icon-maskable-512", 512, full],
  ["icon-apple-180", 180, full],
];

const folder = mkdtempSync(join(tmpdir(), "sidetone-icons-"));
try {
  for (const [name, size, svg] of ICONS) {
    const page = join(folder, `${name}.html`);
    const sized = svg.replace("<svg ", `<svg width="${size}" height="${size}" style="display:block" `);
    writeFileSync(page, `<!doctype html><body style="margin:0">${sized}`);
    execFileSync("chromium", [
      "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--force-device-scale-factor=1",
      "--default-background-color=00000000", `--user-data-dir=${join(folder, "profile")}`, `--window-size=${size},${size}`,
      `--screenshot=${join(frontend, "icons", `${name}.png`)}`, page,
    ], { stdio: "ignore" });
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
