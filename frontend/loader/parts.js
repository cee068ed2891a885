// Loads the parts of a release build that come later, in the place of the script that wasm-split writes: that one knows neither
// names with hashes nor style sheets. What a part is given, and what is called when it is there, the crate wasm_split_helpers
// says.
import { initSync } from "program";

const loads = new Map();

/** For the program to call: loads the `files`, the last of which needs those before it, and the style sheet, if there is one. */
export function part(files, styles) {
  return async (callback, data) => {
    let done = true;
    try {
      await Promise.all([...files.map(wasm), styles && sheet(styles)]);
    } catch (error) {
      console.error(error);
      done = false;
    }
    initSync().__indirect_function_table.get(callback)(data, done);
  };
}

function wasm(name, at, files) {
  return once(name, async () => {
    const answer = fetch(new URL(name, import.meta.url));
    await Promise.all([answer, ...files.slice(0, at).map(wasm)]);
    await WebAssembly.instantiateStreaming(answer, { __wasm_split: initSync() });
  });
}

function sheet(name) {
  return once(name, () => new Promise((done, failed) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = new URL(name, import.meta.url);
    link.onload = done;
    link.onerror = () => {
      link.remove();
      failed(new Error(`no ${name}`));
    };
    document.head.append(link);
  }));
}

// What fails is forgotten, so that the next try is a whole one.
function once(name, load) {
  if (!loads.has(name)) {
    const loading = load();
    loads.set(name, loading);
    loading.catch(() => loads.delete(name));
  }
  return loads.get(name);
}
