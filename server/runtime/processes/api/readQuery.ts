import { AppError, type FieldError } from "#lib/errors/AppError.ts";
import { isStorable } from "#lib/plan/values/canonicalValue.ts";
import type { RunStatus } from "../Run.ts";

const statuses: readonly RunStatus[] = ["waiting", "running", "compensating", "succeeded", "failed", "cancelled"];
const usual = 50;
const most = 200;

export interface RunQuery {
  readonly process: string | null;
  readonly statuses: readonly RunStatus[];
  /** RFC 3339: runs that were begun since, and before. */
  readonly since: string | null;
  readonly until: string | null;
  readonly size: number;
  /** Id of the run that the page comes after. */
  readonly after: string | null;
}

export interface StepPage {
  readonly size: number;
  readonly offset: number;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const moment = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d))?$/;

/** `?process=closeDeal&status=failed,waiting&since=2026-01-01&until=2026-02-01&page[size]=50&page[after]=<next>` */
export function readRunQuery(query: string): RunQuery {
  const values = readValues(query, ["process", "status", "since", "until", "page[size]", "page[after]"]);
  const status = values.get("status")?.split(",") ?? [];
  const wrong = status.find((one) => !statuses.some((known) => known === one));
  if (wrong !== undefined)
    throw refused("status", { rule: "choice", message: "Name some of these.", allowed: statuses });
  const after = values.get("page[after]") ?? null;
  if (after !== null && !uuid.test(after)) throw notACursor();
  return {
    process: values.get("process") ?? null,
    statuses: status as readonly RunStatus[],
    since: momentIn(values, "since"),
    until: momentIn(values, "until"),
    size: sizeIn(values),
    after,
  };
}

export function readStepQuery(query: string): StepPage {
  const values = readValues(query, ["page[size]", "page[after]"]);
  const after = values.get("page[after]") ?? "0";
  if (!/^[0-9a-z]{1,5}$/.test(after)) throw notACursor();
  return { size: sizeIn(values), offset: Number.parseInt(after, 36) };
}

export function refuseQuery(query: string): void {
  readValues(query, []);
}

function readValues(query: string, allowed: readonly string[]): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  const fields: FieldError[] = [];
  for (const [field, value] of new URLSearchParams(query)) {
    if (!isStorable(value))
      fields.push({ field, rule: "type", message: "Give a text of whole characters without NUL." });
    else if (allowed.includes(field) && !values.has(field)) values.set(field, value);
    else if (allowed.includes(field)) fields.push({ field, rule: "repeated", message: "Give it once." });
    else fields.push({ field, rule: "unknown", message: "There is no such parameter here.", allowed });
  }
  if (fields.length > 0) throw new AppError("unknown_field", "The query names things that there are not.", { fields });
  return values;
}

function momentIn(values: ReadonlyMap<string, string>, field: string): string | null {
  const value = values.get(field);
  if (value === undefined) return null;
  if (moment.test(value) && !Number.isNaN(Date.parse(value))) return new Date(value).toISOString();
  throw refused(field, { rule: "type", message: "Give a date or a moment such as 2026-01-31T09:30:00Z." });
}

function sizeIn(values: ReadonlyMap<string, string>): number {
  const value = values.get("page[size]");
  if (value === undefined) return usual;
  if (/^\d{1,3}$/.test(value) && Number(value) >= 1 && Number(value) <= most) return Number(value);
  throw refused("page[size]", { rule: "range", message: `Give a number between 1 and ${most}.` });
}

function refused(field: string, error: Omit<FieldError, "field">): AppError {
  return new AppError("invalid_request", "The query is not well formed.", { fields: [{ field, ...error }] });
}

function notACursor(): AppError {
  const message = "Take the cursor from `page` as it is.";
  return new AppError("invalid_cursor", message, { fields: [{ field: "page[after]", rule: "cursor", message }] });
}
