import type { JsonValue } from "#lib/model/types.ts";
import type { StepMark } from "./StepMark.ts";
import type { StepTrace } from "./StepTrace.ts";

/** What is known of the steps of a run, by their names. */
export function notesByStep(notes: readonly StepTrace[]): ReadonlyMap<string, readonly StepTrace[]> {
  const found = new Map<string, StepTrace[]>();
  for (const note of notes) {
    const own = found.get(note.name);
    if (own) own.push(note);
    else found.set(note.name, [note]);
  }
  return found;
}

/** How each step is drawn. */
export function marksOf(notes: ReadonlyMap<string, readonly StepTrace[]>): ReadonlyMap<string, StepMark> {
  return new Map([...notes].map(([name, own]) => [name, markOf(own)]));
}

const order = ["failed", "running", "pending", "waiting", "undone", "succeeded", "skipped"] as const;

/** The worst of what came of a step, or the newest where it went well. */
export function markOf(notes: readonly StepTrace[]): StepMark {
  const status = order.find((one) => notes.some((note) => note.status === one)) ?? "skipped";
  const told = notes.findLast((note) => note.status === status);
  const milliseconds = told ? duration(told) : null;
  const attempts = Math.max(1, ...notes.map(({ attempt }) => attempt));
  const note = told ? shortNote(told) : null;
  return {
    state: stateOf(status),
    ...(note === null ? {} : { note }),
    ...(milliseconds === null || milliseconds < 1 ? {} : { took: tookText(milliseconds) }),
    ...(attempts > 1 ? { attempts } : {}),
    ...(notes.length > 1 ? { times: notes.length } : {}),
  };
}

function stateOf(status: StepTrace["status"]): StepMark["state"] {
  switch (status) {
    case "pending":
    case "running":
      return "running";
    case "succeeded":
      return "done";
    case "undone":
      return "compensated";
    case "waiting":
    case "failed":
    case "skipped":
      return status;
  }
}

function shortNote({ status, error, result, state }: StepTrace): string | null {
  if (status === "failed" && error) return error.message;
  if (status === "waiting" && state && "until" in state) return `until ${state.until}`;
  return status === "succeeded" && result !== null ? shortJson(result) : null;
}

const longest = 90;

/** A value in one short line. */
export function shortJson(value: JsonValue): string {
  if (Array.isArray(value)) return `${value.length} ${value.length === 1 ? "item" : "items"}`;
  const text = typeof value === "string" ? value : JSON.stringify(value).replace(/"([A-Za-z_]\w*)":/g, "$1: ");
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

function duration({ startedAt, endedAt }: StepTrace): number | null {
  return endedAt === null ? null : Date.parse(endedAt) - Date.parse(startedAt);
}

/** `12 ms`, `1.2 s`, `3 min`, `2 h`, `4 d`. */
export function tookText(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  if (seconds < 3600) return `${Math.round(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86_400)} d`;
}
