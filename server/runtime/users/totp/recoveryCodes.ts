import { hash, randomInt } from "node:crypto";

/** Without letters and digits that look alike. */
const alphabet = "23456789abcdefghjkmnpqrstuvwxyz";
const groups = 4;
const perGroup = 4;
const count = 10;

/** Codes such as `k3fw-9xq2-m7ra-h4tz`: 79 random bits each, so that a fast hash is enough. */
export function newRecoveryCodes(): readonly string[] {
  return Array.from({ length: count }, () => Array.from({ length: groups }, newGroup).join("-"));
}

function newGroup(): string {
  return Array.from({ length: perGroup }, () => alphabet[randomInt(alphabet.length)]).join("");
}

/** Whether a text is meant to be one, and no code of an authenticator app. */
export function isRecoveryCode(text: string): boolean {
  return plain(text).length === groups * perGroup;
}

/** The same for a code however it was typed. */
export function recoveryHash(code: string): string {
  return hash("sha256", plain(code), "base64url");
}

function plain(code: string): string {
  return code.toLowerCase().replace(/[\s-]/g, "");
}
