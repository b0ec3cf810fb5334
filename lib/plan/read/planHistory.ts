import { AppError } from "../../errors/AppError.ts";
import { canonicalInteger } from "../../model/values/canonicalInteger.ts";
import type { Entity } from "../catalog/Catalog.ts";
import type { ReadHistoryShape, ReadPlan } from "../types.ts";
import { defaultPageSize, maxPageSize } from "./limits.ts";

export interface HistoryPage {
  /** As the caller gave them; undefined where they gave none. */
  readonly size: unknown;
  readonly after: unknown;
  /** What the caller calls them. */
  readonly names: { readonly size: string; readonly after: string };
}

/** The changes of one record, the newest first. */
export function planHistory(entity: Entity, key: string, { size, after, names }: HistoryPage): ReadPlan {
  const before = after === undefined ? null : canonicalInteger(String(after), "bigint");
  if (after !== undefined && before === null) {
    throw refused("invalid_cursor", names.after, "Take the cursor from `next` as it is.");
  }
  const shape: ReadHistoryShape = {
    kind: "history",
    resource: entity.name,
    key: 0,
    size: sizeOf(size, names.size),
    before: before === null ? null : 1,
    selection: [...entity.fields.values()].map(({ name }) => ({ kind: "field", as: name, field: name })),
  };
  return { shape, parameters: before === null ? [key] : [key, before] };
}

function sizeOf(given: unknown, name: string): number {
  if (given === undefined) return defaultPageSize;
  const size = /^\d{1,9}$/.test(String(given)) ? Number(given) : 0;
  if (size >= 1 && size <= maxPageSize) return size;
  throw refused("invalid_request", name, `Give a whole number between 1 and ${maxPageSize}.`);
}

function refused(code: "invalid_cursor" | "invalid_request", field: string, message: string): AppError {
  const rule = code === "invalid_cursor" ? "cursor" : "range";
  return new AppError(code, message, { fields: [{ field, rule, message }] });
}
