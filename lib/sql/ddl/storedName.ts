import { maxIdentifierBytes } from "../identifier.ts";
import { fingerprint } from "./fingerprint.ts";

const encoder = new TextEncoder();

/** Length as PostgreSQL counts it. */
export function nameBytes(name: string): number {
  return encoder.encode(name).length;
}

/**
 * Joins parts to the name of an index or constraint. A name that is too long is cut and gets a hash of the whole,
 * so the same parts always give the same name and different ones different names.
 */
export function storedName(parts: readonly string[], ending: string): string {
  const whole = [...parts, ending].join("_");
  return nameBytes(whole) <= maxIdentifierBytes ? whole : hashedName(parts, ending);
}

/** The name that a thing gets when its plain one is too long or taken: cut as needed, always with the hash. */
export function hashedName(parts: readonly string[], ending: string): string {
  const tail = `_${fnv1a(JSON.stringify([...parts, ending]))}_${ending}`;
  return cut(parts.join("_"), maxIdentifierBytes - nameBytes(tail)) + tail;
}

/** The name of an index that its columns alone do not tell: always with the fingerprint of what stands after its table. */
export function specialIndexName(parts: readonly string[], special: string, ending: "key" | "idx"): string {
  const tail = `_${fingerprint(special)}_${ending}`;
  return cut(parts.join("_"), maxIdentifierBytes - nameBytes(tail)) + tail;
}

/** Cuts between code points, so that the name stays well-formed UTF-8. */
function cut(text: string, bytes: number): string {
  let kept = "";
  let size = 0;
  for (const character of text) {
    size += nameBytes(character);
    if (size > bytes) break;
    kept += character;
  }
  return kept;
}

/** FNV-1a in 32 bits, as eight hex digits. */
function fnv1a(text: string): string {
  let hash = 0x811c9dc5;
  for (const byte of encoder.encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, "0");
}
