// Takes exports out of a WASM file as the linker has left it, with all it says about where what stands: wasm-opt would lose
// that, and the splitter needs it to see what is no longer used. https://webassembly.github.io/spec/core/binary/modules.html
const EXPORTS = 7;
const HEADER = 8;

/** The same WASM without the exports whose names match. */
export function withoutExports(wasm, names) {
  const pieces = [wasm.subarray(0, HEADER)];
  for (let at = HEADER; at < wasm.length; ) {
    const size = number(wasm, at + 1);
    const end = size.end + size.value;
    pieces.push(wasm[at] === EXPORTS ? section(wasm.subarray(size.end, end), names) : wasm.subarray(at, end));
    at = end;
  }
  return Buffer.concat(pieces);
}

function section(body, names) {
  const kept = [];
  for (let at = number(body, 0).end; at < body.length; ) {
    const length = number(body, at);
    const nameEnd = length.end + length.value;
    // The name, a byte for the kind, the index.
    const { end } = number(body, nameEnd + 1);
    if (!names.test(body.toString("utf8", length.end, nameEnd))) kept.push(body.subarray(at, end));
    at = end;
  }
  const content = Buffer.concat([encoded(kept.length), ...kept]);
  return Buffer.concat([Buffer.of(EXPORTS), encoded(content.length), content]);
}

// LEB128, unsigned.
function number(bytes, at) {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++];
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return { value, end: at };
  }
}

function encoded(value) {
  const bytes = [];
  for (; value > 0x7f; value >>>= 7) bytes.push((value & 0x7f) | 0x80);
  return Buffer.from([...bytes, value]);
}
