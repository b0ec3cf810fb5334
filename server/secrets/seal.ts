import { env } from "../env.ts";
import { type Keyring, keyringOf } from "./Keyring.ts";

let keyring: Keyring | undefined;

/** Of the settings: GANTRY_SECRET seals, and GANTRY_SECRET_PREVIOUS still opens. */
function installationKeys(): Keyring {
  const { GANTRY_SECRET: newest, GANTRY_SECRET_PREVIOUS: previous } = env();
  keyring ??= keyringOf({ newest, previous });
  return keyring;
}

/** Encrypts under the installation's newest key. What is kept so stands in a column whose name ends in `Sealed`. */
export function seal(text: string): string {
  return installationKeys().seal(text);
}

/** The text that was sealed. Throws when it was sealed with another key or has been altered. */
export function unseal(sealed: string): string {
  return installationKeys().unseal(sealed);
}
