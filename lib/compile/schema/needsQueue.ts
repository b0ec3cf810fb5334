import type { Model } from "../../model/types.ts";

/**
 * Whether an app has work that goes on by itself: its environment's database then has a queue of jobs. Of an app without
 * it the runtime's engine knows nothing.
 */
export function needsQueue({ app, resources, processes = [] }: Model): boolean {
  return processes.length > 0 || app.auth !== undefined || resources.some(({ features }) => features?.events === true);
}
