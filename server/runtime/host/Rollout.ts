import { hash } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import type { Split } from "#lib/compile/Snapshot.ts";
import type { Caller } from "../auth/Callers.ts";
import type { Environment } from "./Environment.ts";

/** A release beside the one that serves, and which requests it gets. */
export interface Rollout {
  readonly candidate: Environment;
  readonly split: Split;
}

/** Whether a request goes to the candidate. Who sends it is asked for only where that matters. */
export function goesToCandidate(split: Split, headers: IncomingHttpHeaders, actor: string): boolean {
  switch (split.by) {
    case "weight":
      return 100 * Math.random() < split.percent;
    case "header":
      return headers[split.name.toLowerCase()] === split.value;
    case "cookie":
      return hasCookie(headers.cookie, split);
    case "actor":
      return shareOf(actor) < split.percent;
  }
}

/** A caller by what stays the same from request to request: the user, else the key, else the address. */
export function actorKey({ actor, key }: Pick<Caller, "actor" | "key">, address: string): string {
  if (actor.kind === "user" && actor.id !== null) return `user ${actor.id}`;
  return key === null ? `address ${address}` : `key ${key}`;
}

/**
 * From 0 to 100 (never that), evenly among actors: the same in every process and for every release, so that a larger
 * percentage has all actors of a smaller one.
 */
function shareOf(actor: string): number {
  return (100 * hash("sha256", actor, "buffer").readUIntBE(0, 6)) / 2 ** 48;
}

function hasCookie(cookies: string | undefined, { name, value }: { readonly name: string; readonly value: string }) {
  const wanted = [`${name}=${value}`, `${name}="${value}"`];
  return cookies?.split(";").some((cookie) => wanted.includes(cookie.trim())) === true;
}
