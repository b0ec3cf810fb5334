import type { MaskKey } from "./MaskKey.ts";
import { permuted } from "./permuted.ts";

/** From so many possible masks on, two different values get the same by no chance that matters. */
const plenty = 1n << 64n;

const digits = "0123456789";
const small = "abcdefghijklmnopqrstuvwxyz";
const large = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/**
 * A text of the same length, with digits where there were digits and letters where there were letters, small and large;
 * all else stays: `AB-1234` becomes `QX-8061`. Different texts get different masks.
 */
export function maskText(text: string, key: MaskKey, { maxLength }: { readonly maxLength?: number } = {}): string {
  const signs = [...text];
  const alphabets = signs.map(alphabetOf);
  const size = alphabets.reduce((product, alphabet) => product * BigInt(alphabet?.length ?? 1), 1n);
  const isPlain = signs.every((sign, at) => alphabets[at]?.includes(sign) ?? true);
  if (size >= plenty) return filled(signs, alphabets, key.bytes(text, signs.length * 4));
  if (!isPlain) return shortUnusual(text, key, maxLength ?? Number.POSITIVE_INFINITY);
  let number = 0n;
  for (const [at, sign] of signs.entries()) {
    const alphabet = alphabets[at];
    if (alphabet) number = number * BigInt(alphabet.length) + BigInt(alphabet.indexOf(sign));
  }
  // The places of letters and digits go along: texts of different shapes are different anyway.
  let rest = permuted(number, size, key);
  const masked: string[] = [];
  for (let at = signs.length - 1; at >= 0; at -= 1) {
    const alphabet = alphabets[at];
    if (!alphabet) masked.push(signs[at] ?? "");
    else {
      masked.push(alphabet[Number(rest % BigInt(alphabet.length))] ?? "");
      rest /= BigInt(alphabet.length);
    }
  }
  return masked.reverse().join("");
}

function alphabetOf(sign: string): string | null {
  if (/^\p{Nd}$/u.test(sign)) return digits;
  if (/^\p{Lu}$/u.test(sign)) return large;
  return /^\p{L}$/u.test(sign) ? small : null;
}

function filled(signs: readonly string[], alphabets: readonly (string | null)[], bytes: Buffer): string {
  return signs
    .map((sign, at) => {
      const alphabet = alphabets[at];
      return alphabet ? (alphabet[bytes.readUInt32BE(at * 4) % alphabet.length] ?? "") : sign;
    })
    .join("");
}

/** Few letters of other alphabets: of the 26 there are not enough for each of them to have its own mask. */
function shortUnusual(text: string, key: MaskKey, maxLength: number): string {
  const letters = [...key.bytes(text, 14)].map((byte) => small[byte % small.length]);
  return letters.slice(0, maxLength).join("");
}

export function maskEmail(text: string, key: MaskKey): string {
  return `${key.digest(text.toLowerCase()).toString("hex").slice(0, 16)}@example.com`;
}

export function maskUrl(text: string, key: MaskKey): string {
  return `https://example.com/${key.digest(text).toString("hex").slice(0, 16)}`;
}

/** E.164: a plus, and as many digits, of which the first is none. */
export function maskPhone(text: string, key: MaskKey): string {
  const [, first = "", rest = ""] = /^\+([1-9])(\d+)$/.exec(text) ?? [];
  if (first === "") return maskText(text, key);
  const size = 10n ** BigInt(rest.length);
  const number = permuted(BigInt(Number(first) - 1) * size + BigInt(rest), 9n * size, key);
  return `+${number / size + 1n}${String(number % size).padStart(rest.length, "0")}`;
}

/** Of the same version. */
export function maskUuid(text: string, key: MaskKey): string {
  const hex = key.digest(text).toString("hex");
  const masked = `${hex.slice(0, 12)}${text[14] ?? "4"}${hex.slice(13, 16)}${text[19] ?? "8"}${hex.slice(17, 32)}`;
  return masked.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
