const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const brace = 0x7d;

/** The key that an object's JSON begins with, read without parsing the rest; null when it shows none. */
export function keyOfObject(json: Uint8Array): string | null {
  const text = Buffer.from(json.buffer, json.byteOffset, json.byteLength);
  if (text.toString("latin1", 0, 6) !== '{"id":') return null;
  let end = 6;
  if (text[end] === quote) {
    for (end += 1; end < text.length && text[end] !== quote; end++) if (text[end] === backslash) end++;
    end += 1;
  } else while (end < text.length && text[end] !== comma && text[end] !== brace) end++;
  const key: unknown = JSON.parse(text.toString("utf8", 6, end));
  return typeof key === "string" || typeof key === "number" ? String(key) : null;
}
