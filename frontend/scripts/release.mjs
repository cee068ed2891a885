// Builds the page as it is put on a host: `node frontend/scripts/release.mjs`, or `make ui`, which installs what this needs.
// From cargo to compressed files, in dist/ at the end; while it runs, what was there stays.
import { mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeApp } from "./app.mjs";
import { minifyScripts, writeScript, writeStyles } from "./bundle.mjs";
import { compress } from "./compress.mjs";
import { FRONTEND, ROOT } from "./files.mjs";
import { copyMessages } from "./messages.mjs";
import { copyNoise } from "./noise.mjs";
import { writeNotices } from "./notices.mjs";
import { readPage } from "./page.mjs";
import { buildProgram } from "./program.mjs";

const PROFILE = "wasm-release";
const dist = join(ROOT, "dist");
const staging = join(ROOT, "dist-new");
const work = mkdtempSync(join(tmpdir(), "sidetone-page-"));
rmSync(staging, { recursive: true, force: true });
mkdirSync(staging);
try {
  const page = readPage(join(FRONTEND, "index.html"));
  const program = buildProgram(PROFILE, work, staging);
  const styles = await writeStyles(page.styles, staging);
  const script = await writeScript(program, styles.later, work, staging);
  page.write(staging, { script, wasm: program.main, styles: styles.page });
  copyMessages(PROFILE, staging);
  copyNoise(staging);
  writeNotices(staging);
  writeApp(staging, /\.(?:css|js|json|svg|wasm)$/);
  minifyScripts(staging);
  compress(staging);
  rmSync(dist, { recursive: true, force: true });
  renameSync(staging, dist);
} finally {
  rmSync(work, { recursive: true });
}
