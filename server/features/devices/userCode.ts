import { randomInt } from "node:crypto";

/** Without vowels, so that no word comes of it, and without what is easily taken for another (RFC 8628, 6.1). */
const letters = "BCDFGHJKLMNPQRSTVWXZ";

/** What a person compares, or types: `WDJB-MJHT`. */
export function newUserCode(): string {
  const code = Array.from({ length: 8 }, () => letters[randomInt(letters.length)]).join("");
  return `${code.slice(0, 4)}-${code.slice(4)}`;
}

/** As it is kept, however it was typed. */
export function readUserCode(typed: string): string {
  const bare = typed.toUpperCase().replaceAll(/[^A-Z]/g, "");
  return `${bare.slice(0, 4)}-${bare.slice(4)}`;
}
