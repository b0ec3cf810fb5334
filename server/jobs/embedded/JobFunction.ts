import { z } from "zod";
import { parseCondition } from "./condition.ts";
import type { Schedule } from "./cron.ts";
import { parseCron } from "./cron.ts";
import { momentOf } from "./duration.ts";
import type { JobEvent } from "./protocol.ts";
import { functionSchema } from "./protocol.ts";
import { canonicalJson } from "./signature.ts";

interface EventCondition {
  readonly event: string;
  readonly matches: (started: JobEvent | null, came: JobEvent) => boolean;
}

interface Cancellation extends EventCondition {
  /** Milliseconds after the run's start from which the event no longer cancels it. */
  readonly within: number;
}

/** A function of the application as the driver needs it: its configuration, read and its conditions parsed. */
export interface JobFunction {
  readonly id: string;
  readonly maxAttempts: number;
  readonly triggers: readonly EventCondition[];
  readonly schedules: readonly { readonly cron: string; readonly schedule: Schedule }[];
  readonly cancellations: readonly Cancellation[];
  /** Concurrency keys and their limits for a run started by this event. */
  readonly concurrencyOf: (event: JobEvent) => Record<string, number>;
}

const defaultRetries = 4;

/** Reads what the application says of a function; throws with a sentence when this driver cannot run it as meant. */
export function readFunction(config: unknown): JobFunction {
  const read = functionSchema.safeParse(JSON.parse(JSON.stringify(config)));
  if (!read.success) throw new Error(z.prettifyError(read.error));
  const { id, triggers, steps, cancel = [] } = read.data;
  return {
    id,
    maxAttempts: (steps.step.retries?.attempts ?? defaultRetries) + 1,
    triggers: triggers.flatMap((trigger) =>
      "event" in trigger ? [{ event: trigger.event, matches: condition(trigger.expression, "came") }] : [],
    ),
    schedules: triggers.flatMap((trigger) =>
      "cron" in trigger ? [{ cron: trigger.cron, schedule: parseCron(trigger.cron) }] : [],
    ),
    cancellations: cancel.map((entry) => ({
      event: entry.event,
      matches: condition(entry.if, "started"),
      within: entry.timeout === undefined ? Number.POSITIVE_INFINITY : milliseconds(entry.timeout),
    })),
    concurrencyOf: concurrency(id, read.data.concurrency),
  };
}

/** A trigger's condition calls the event that has just come `event`; the others call it `async`. */
function condition(text: string | null | undefined, event: "started" | "came"): EventCondition["matches"] {
  if (!text) return () => true;
  const evaluate = parseCondition(text);
  return (started, came) => evaluate({ event: event === "came" ? came : (started ?? undefined), async: came }) === true;
}

function milliseconds(duration: string): number {
  const end = momentOf(duration, 0);
  if (!end) throw new Error(`"${duration}" is no duration.`);
  return end.getTime();
}

function concurrency(id: string, setting: z.infer<typeof functionSchema>["concurrency"]): JobFunction["concurrencyOf"] {
  const list = typeof setting === "number" ? [{ limit: setting }] : Array.isArray(setting) ? setting : [setting];
  const limits = list.flatMap((entry) => {
    // Zero means no limit, as with the server.
    if (entry === undefined || entry.limit === 0) return [];
    const { limit, key = '""', scope = "fn" } = { key: undefined, scope: undefined, ...entry };
    return [{ limit, name: `${scope === "fn" ? id : scope}:${key}:`, value: parseCondition(key) }];
  });
  return (event) =>
    Object.fromEntries(
      limits.map(({ limit, name, value }): [string, number] => {
        return [name + canonicalJson(value({ event, async: undefined })), limit];
      }),
    );
}

/** Whether a pattern of a trigger (`a/*` takes everything that begins with `a/`) takes an event of this name. */
export function takes(pattern: string, name: string): boolean {
  return pattern.endsWith("*") ? name.startsWith(pattern.slice(0, -1)) : pattern === name;
}
