import { hasEncrypted } from "../encryption/encryptedPlaces.ts";
import type { Environment } from "../host/Environment.ts";

const place = "gantry_runs";

/** How the values of runs are kept: where the app has encrypted attributes, they may hold some, so they are sealed. */
export interface Sealer {
  seal(text: string): string;
  open(text: string): string;
}

const plain: Sealer = { seal: (text) => text, open: (text) => text };

export function sealerOf({ app, cipher }: Pick<Environment, "app" | "cipher">): Sealer {
  if (!cipher || !hasEncrypted(app.catalog)) return openerOnly(cipher);
  return { seal: (text) => cipher.seal(text, place), open: openerOnly(cipher).open };
}

/** Runs of a release before may have been sealed. JSON never looks like what is. */
function openerOnly(cipher: Environment["cipher"]): Sealer {
  if (!cipher) return plain;
  return { seal: plain.seal, open: (text) => (isJson(text) ? text : cipher.open(text, place)) };
}

function isJson(text: string): boolean {
  return /^(?:[[{"\-0-9]|true|false|null)/.test(text);
}
