import { AppError } from "#lib/errors/AppError.ts";
import type { Actor } from "#lib/plan/types.ts";

/** What a call's run knows its caller by; null for callers that nobody could tell apart. */
export function holderOf({ kind, id }: Actor): string | null {
  return id === null ? null : `${kind}:${id}`;
}

/** Runs of calls are seen by whoever called; all runs by service keys. Answers the cause that a run must have, or null for any. */
export function seenCause(actor: Actor): string | null {
  if (actor.unrestricted) return null;
  const holder = holderOf(actor);
  if (holder !== null) return holder;
  throw new AppError("unauthenticated", "Send a valid API key: Authorization: Bearer gk_….");
}

export function requireService(actor: Actor): void {
  if (actor.unrestricted) return;
  if (actor.kind === "anonymous") seenCause(actor);
  throw new AppError("forbidden", "Only a service key may change runs.");
}
