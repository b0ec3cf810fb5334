import { isRead } from "#lib/plan/isRead.ts";
import type { Sighting } from "./Sighting.ts";

/** Whether a request was to change something: by the first plan that it came to, else by its method. */
export function askedToChange({ shape }: Sighting, method: string): boolean {
  if (shape !== null) return !isRead(shape);
  return method !== "GET" && method !== "HEAD";
}
