import { AppError } from "#lib/errors/AppError.ts";
import { pageSizes } from "#lib/model/api/pageSizes.ts";
import type { Entity } from "#lib/plan/catalog/Catalog.ts";
import { orderSignature, readCursor } from "#lib/plan/read/cursor.ts";
import type { CursorShape, OrderTerm, PageShape } from "#lib/plan/types.ts";
import { type CoercedValues, Held, valueAt } from "./Held.ts";
import type { Planning } from "./Planning.ts";

interface PageContext {
  readonly planning: Planning;
  readonly entity: Entity;
  readonly order: readonly OrderTerm[];
}

/** `first` and `after`, or `last` and `before`, as Relay's connections have them. */
export function planPage(args: Readonly<Record<string, unknown>>, context: PageContext): PageShape {
  const { planning } = context;
  const first = sizeOf("first", planning.pin(args.first), context);
  const last = sizeOf("last", planning.pin(args.last), context);
  if (first !== null && last !== null) {
    throw new AppError("invalid_request", "Ask for the first or for the last ones, not for both.");
  }
  return {
    size: first ?? last ?? pageSizes(context.entity.resource).usual,
    fromEnd: last !== null,
    after: cursorOf("after", args.after, context),
    before: cursorOf("before", args.before, context),
  };
}

function sizeOf(field: string, value: unknown, { planning, entity }: PageContext): number | null {
  if (value === undefined || value === null) return null;
  const { most } = pageSizes(entity.resource);
  if (typeof value === "number" && value >= 1 && value <= most) return value;
  planning.refuse({ field, rule: "range", message: `Ask for between 1 and ${most}.` });
  return null;
}

type CursorValues = readonly (string | null)[];

function cursorOf(field: string, given: unknown, { planning, entity, order }: PageContext): CursorShape | null {
  const read = (text: string) => readCursor(text, { catalog: planning.catalog, entity, order, field });
  if (!(given instanceof Held)) {
    if (typeof given !== "string") return null;
    return read(given).map((part) => (part === null ? null : planning.parameters.add(part)));
  }
  // Which values of a cursor are null is a part of the shape; a cursor that is none fits no shape.
  const readAgain = remembering((text) => quietly(() => read(text)));
  planning.fields.variables.pin(given, {
    name: orderSignature(entity.name, order),
    read: (text) => maskOf(readAgain(String(text))),
  });
  return read(String(given.value)).map((part, index) => {
    if (part === null) return null;
    return planning.parameters.add(
      (variables: CoercedValues) => readAgain(String(valueAt(variables, given)))?.[index] ?? undefined,
    );
  });
}

const maskOf = (values: CursorValues | null) => values?.map((value) => (value === null ? "0" : "1")).join("") ?? "none";

function quietly(read: () => CursorValues): CursorValues | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

/** A cursor is asked for each of its values in turn: it is taken apart once. */
function remembering(read: (text: string) => CursorValues | null): (text: string) => CursorValues | null {
  let latest: { readonly text: string; readonly values: CursorValues | null } | null = null;
  return (text) => {
    if (latest?.text !== text) latest = { text, values: read(text) };
    return latest.values;
  };
}
