import { z } from "zod";

/** Longest slug; leaves room for an environment's name in a DNS label (63 characters). */
export const slugLength = 40;

/** A name in a URL: lower-case words of letters and digits joined by single hyphens, starting with a letter. */
export const slug = z
  .string()
  .max(slugLength)
  .regex(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/, "Use lower-case letters, digits and single hyphens.");

/**
 * Makes a slug of a name for people: `Süd & Söhne GmbH` becomes `sud-sohne-gmbh`. Letters that have no Latin base
 * are dropped; what leaves nothing becomes `fallback`.
 */
export function toSlug(name: string, fallback: string): string {
  const words = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/ß/g, "ss")
    .replace(/['’]/g, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^[^a-z]+/, "");
  return cut(words, slugLength) || fallback;
}

/** The nth candidate for a slug that is taken: `crm`, `crm-2`, `crm-3`. */
export function numbered(base: string, n: number): string {
  return n === 1 ? base : `${cut(base, slugLength - 1 - String(n).length)}-${n}`;
}

function cut(text: string, length: number): string {
  return text.slice(0, length).replace(/-+$/, "");
}
