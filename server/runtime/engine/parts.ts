import type { Pump, Task } from "./Work.ts";

/**
 * The tasks that there are, by their names, which jobs are kept with. A part adds its own in one line:
 * `"process.step": async () => (await import("../processes/stepTask.ts")).stepTask,`. It is loaded with the first job.
 */
export const taskParts: Readonly<Record<string, () => Promise<Task>>> = {};

/** Pumps, loaded when the first environment has work: `async () => (await import("../events/eventPump.ts")).eventPump,`. */
export const pumpParts: readonly (() => Promise<Pump>)[] = [
  async () => (await import("./schedules/schedulePump.ts")).schedulePump,
  async () => (await import("../processes/runPump.ts")).runPump,
  async () => (await import("../events/eventPump.ts")).eventPump,
  async () => (await import("../endpoints/deliveryPump.ts")).deliveryPump,
];
