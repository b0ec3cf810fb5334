import { hash } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import type { ApiKeySpec } from "#lib/compile/Snapshot.ts";
import { keyActor, serviceActor } from "#lib/plan/access/actors.ts";
import type { Actor } from "#lib/plan/types.ts";

/** A valid key that a request came with. */
export interface KnownKey {
  readonly id: string;
  readonly actor: Actor;
  readonly actAs: boolean;
}

/** The API keys of one environment, by their hashes; the keys themselves are known to nobody here. */
export class ApiKeys {
  readonly #keys = new Map<string, KnownKey & { readonly expires: number }>();

  constructor(keys: readonly ApiKeySpec[]) {
    for (const { id, hash: digest, expiresAt, roles, actAs = false } of keys) {
      const expires = expiresAt === null ? Number.POSITIVE_INFINITY : Date.parse(expiresAt);
      const actor = roles ? keyActor(id, roles) : serviceActor(id);
      this.#keys.set(digest.toLowerCase(), { id, actor, actAs, expires });
    }
  }

  /**
   * The key in `Authorization: Bearer gk_…` or `X-API-Key: gk_…`: null when there is none, undefined when it is not
   * valid. Looking up by hash tells nothing of the key by its timing: whoever can make a hash that is half right can make
   * the whole key.
   */
  in(headers: IncomingHttpHeaders): KnownKey | null | undefined {
    const key = keyIn(headers);
    if (key === null) return null;
    const found = key.length <= longestKey ? this.#keys.get(hash("sha256", key, "hex")) : undefined;
    return found && found.expires > Date.now() ? found : undefined;
  }
}

const longestKey = 512;

function keyIn({ authorization, "x-api-key": plain }: IncomingHttpHeaders): string | null {
  const key = authorization?.slice(0, 7).toLowerCase() === "bearer " ? authorization.slice(7).trim() : plain;
  return typeof key === "string" && key !== "" ? key : null;
}
