import { hash } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import type { ApiKeySpec } from "#lib/compile/Snapshot.ts";
import { anonymousActor, serviceActor } from "#lib/plan/access/actors.ts";
import type { Actor } from "#lib/plan/types.ts";

/** The API keys of one environment, by their hashes; the keys themselves are known to nobody here. */
export class ApiKeys {
  readonly #keys = new Map<string, { readonly actor: Actor; readonly expires: number }>();

  constructor(keys: readonly ApiKeySpec[]) {
    for (const { id, hash: digest, expiresAt } of keys) {
      const expires = expiresAt === null ? Number.POSITIVE_INFINITY : Date.parse(expiresAt);
      this.#keys.set(digest.toLowerCase(), { actor: serviceActor(id), expires });
    }
  }

  /**
   * Who sends `Authorization: Bearer gk_…` or `X-API-Key: gk_…`. Looking up by hash tells nothing of the key by its
   * timing: whoever can make a hash that is half right can make the whole key.
   */
  actorOf(headers: IncomingHttpHeaders): Actor {
    const key = keyIn(headers);
    if (key === null) return anonymousActor;
    const found = this.#keys.get(hash("sha256", key, "hex"));
    return found && found.expires > Date.now() ? found.actor : anonymousActor;
  }
}

const longestKey = 512;

function keyIn({ authorization, "x-api-key": plain }: IncomingHttpHeaders): string | null {
  const key = authorization?.slice(0, 7).toLowerCase() === "bearer " ? authorization.slice(7).trim() : plain;
  return typeof key === "string" && key !== "" && key.length <= longestKey ? key : null;
}
