// Minifies style sheets and wasm-bindgen's script (Trunk's minifier cannot read the script, and takes from the page what the
// server looks for), and writes `.br` and `.gz` siblings of everything
// that compresses, so that the server never has to.
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { minify } from "terser";

const { TRUNK_STAGING_DIR } = process.env;
// The server takes the sibling of index.html only where it has no path prefix to write into the page.
const COMPRESSIBLE = new Set([".css", ".html", ".js", ".json", ".svg", ".txt", ".wasm"]);

export async function compressStaged() {
  for (const name of readdirSync(TRUNK_STAGING_DIR, { recursive: true })) {
    const path = join(TRUNK_STAGING_DIR, name);
    if (!statSync(path).isFile() || !COMPRESSIBLE.has(extname(path))) continue;
    // Twilio's SDK stays as it is, byte for byte.
    if (extname(path) === ".js" && name !== "twilio.min.js") {
      const { code } = await minify(readFileSync(path, "utf8"), { module: true, compress: { passes: 2 } });
      writeFileSync(path, code);
    }
    if (extname(path) === ".css") {
      const css = readFileSync(path, "utf8").replace(/\/\*[^]*?\*\//g, "").replace(/\s+/g, " ");
      writeFileSync(path, css.replace(/ ?([{};,]) ?/g, "$1").replaceAll(";}", "}"));
    }
    const bytes = readFileSync(path);
    const brotli = brotliCompressSync(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    });
    const gzip = gzipSync(bytes, { level: constants.Z_BEST_COMPRESSION });
    writeFileSync(`${path}.br`, brotli);
    writeFileSync(`${path}.gz`, gzip);
    console.log(`${name}: ${bytes.length} bytes, brotli ${brotli.length}, gzip ${gzip.length}`);
  }
}
