import type { Environment } from "../host/Environment.ts";
import type { Pump, Task } from "./Work.ts";

/**
 * The tasks that there are, by the names with which jobs are kept. A part adds its own in one line; it is loaded with the
 * first job.
 */
export const taskParts: Readonly<Record<string, () => Promise<Task>>> = {
  "users.mail": async () => (await import("../users/mails/userMailTask.ts")).userMailTask,
};

/**
 * The tasks that apps of a kind alone have, by what tells these: other environments work without the library's worker.
 * Those that are not named here are everybody's.
 */
export const taskNeeds: Readonly<Record<string, (environment: Environment) => boolean>> = {
  "users.mail": ({ app }) => app.model.app.auth !== undefined,
};

/** Pumps, loaded when the first environment has work: `async () => (await import("../events/eventPump.ts")).eventPump,`. */
export const pumpParts: readonly (() => Promise<Pump>)[] = [
  async () => (await import("./schedules/schedulePump.ts")).schedulePump,
  async () => (await import("../processes/runPump.ts")).runPump,
  async () => (await import("../events/eventPump.ts")).eventPump,
  async () => (await import("../endpoints/deliveryPump.ts")).deliveryPump,
];
