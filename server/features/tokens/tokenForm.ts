import { createHash, randomInt } from "node:crypto";
import { crc32 } from "node:zlib";

/** `gtp_`: of a person; `gto_`: of an organisation. `gt_` and 43 characters are older ones, which stay valid. */
type Kind = "person" | "organisation";

const prefixes = { person: "gtp_", organisation: "gto_" } as const satisfies Record<Kind, string>;
const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const randomLength = 40;
const checksumLength = 6;
const shape = /^gt[po]_[0-9A-Za-z]{46}$/;
const olderShape = /^gt_[A-Za-z0-9_-]{43}$/;
const shownLength = 10;

/** A new token: prefix, 40 random characters (238 bits), and 6 of a checksum by which scanners know real ones. */
export function newToken(kind: Kind): string {
  const random = Array.from({ length: randomLength }, () => alphabet[randomInt(alphabet.length)]).join("");
  const body = `${prefixes[kind]}${random}`;
  return body + checksumOf(body);
}

/** Whether a text can be a token; one that was mistyped or made up is known without asking the database. */
export function looksLikeToken(text: string): boolean {
  if (olderShape.test(text)) return true;
  return shape.test(text) && checksumOf(text.slice(0, -checksumLength)) === text.slice(-checksumLength);
}

/** What the database keeps: hex SHA-256. */
export function tokenHash(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

/** How it begins, by which people know it again. */
export function shownPrefix(token: string): string {
  return token.slice(0, shownLength);
}

/** CRC-32 in base 62, the highest digit first. */
function checksumOf(body: string): string {
  let rest = crc32(body);
  let text = "";
  for (let digit = 0; digit < checksumLength; digit += 1) {
    text = `${alphabet[rest % alphabet.length]}${text}`;
    rest = Math.floor(rest / alphabet.length);
  }
  return text;
}
