const start = Buffer.from('{"id":');
const quote = 0x22;
const backslash = 0x5c;

/** The key that an object's JSON begins with, read without parsing the rest; null when it shows none. */
export function keyOfObject(json: Uint8Array): string | null {
  if (json.length < start.length || start.compare(json, 0, start.length) !== 0) return null;
  let end = start.length;
  if (json[end] === quote) {
    for (end += 1; end < json.length && json[end] !== quote; end++) if (json[end] === backslash) end++;
    end += 1;
  } else while (end < json.length && json[end] !== 0x2c && json[end] !== 0x7d) end++;
  const key: unknown = JSON.parse(Buffer.from(json.subarray(start.length, end)).toString("utf8"));
  return typeof key === "string" || typeof key === "number" ? String(key) : null;
}
