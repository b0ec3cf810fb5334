import { AppError } from "#lib/errors/AppError.ts";
import type { Entity } from "#lib/plan/catalog/Catalog.ts";
import { readCursor } from "#lib/plan/read/cursor.ts";
import { maxPageSize } from "#lib/plan/read/limits.ts";
import type { CursorShape, OrderTerm, PageShape } from "#lib/plan/types.ts";
import type { Planning } from "./Planning.ts";

interface PageContext {
  readonly planning: Planning;
  readonly entity: Entity;
  readonly order: readonly OrderTerm[];
  readonly size: number;
}

/** `first` and `after`, or `last` and `before`, as Relay's connections have them. */
export function planPage(args: Readonly<Record<string, unknown>>, context: PageContext): PageShape {
  const first = sizeOf("first", args.first, context);
  const last = sizeOf("last", args.last, context);
  if (first !== null && last !== null) {
    throw new AppError("invalid_request", "Ask for the first or for the last ones, not for both.");
  }
  return {
    size: first ?? last ?? context.size,
    fromEnd: last !== null,
    after: cursorOf("after", args.after, context),
    before: cursorOf("before", args.before, context),
  };
}

function sizeOf(field: string, value: unknown, { planning }: PageContext): number | null {
  if (value === undefined || value === null) return null;
  if (typeof value === "number" && value >= 1 && value <= maxPageSize) return value;
  planning.refuse({ field, rule: "range", message: `Ask for between 1 and ${maxPageSize}.` });
  return null;
}

function cursorOf(field: string, value: unknown, context: PageContext): CursorShape | null {
  if (typeof value !== "string") return null;
  const { planning, entity, order } = context;
  const values = readCursor(value, { catalog: planning.catalog, entity, order, field });
  return values.map((part) => (part === null ? null : planning.parameters.add(part)));
}
