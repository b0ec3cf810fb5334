import { AppError } from "#lib/errors/AppError.ts";
import { canonicalInteger } from "#lib/model/values/canonicalInteger.ts";
import type { Entity } from "#lib/plan/catalog/Catalog.ts";
import { defaultPageSize, maxPageSize } from "#lib/plan/read/limits.ts";
import type { ReadHistoryShape, ReadPlan } from "#lib/plan/types.ts";
import { decodePart, readRawQuery } from "../query/RawQuery.ts";

/** `GET /notes/{id}/history?page[size]=20&page[after]=<next>` */
export function planHistory(entity: Entity, key: string, query: string): ReadPlan {
  const options = new Map(
    readRawQuery(query).pairs.map(({ name, value }) => [decodePart(name) ?? "", decodePart(value) ?? ""]),
  );
  for (const name of options.keys()) {
    if (name === "page[size]" || name === "page[after]") continue;
    throw refused(name, "unknown", "A history takes page[size] and page[after].", ["page[size]", "page[after]"]);
  }
  const after = options.get("page[after]");
  const before = after === undefined ? null : canonicalInteger(after, "bigint");
  if (after !== undefined && before === null) {
    throw refused("page[after]", "cursor", "Take the cursor from `page.next` as it is.");
  }
  const shape: ReadHistoryShape = {
    kind: "history",
    resource: entity.name,
    key: 0,
    size: sizeOf(options.get("page[size]")),
    before: before === null ? null : 1,
    selection: [...entity.fields.values()].map(({ name }) => ({ kind: "field", as: name, field: name })),
  };
  return { shape, parameters: before === null ? [key] : [key, before] };
}

function sizeOf(text: string | undefined): number {
  if (text === undefined) return defaultPageSize;
  const size = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (size >= 1 && size <= maxPageSize) return size;
  throw refused("page[size]", "range", `Give a whole number between 1 and ${maxPageSize}.`);
}

function refused(field: string, rule: string, message: string, allowed?: readonly string[]): AppError {
  const code = rule === "cursor" ? "invalid_cursor" : rule === "unknown" ? "unknown_field" : "invalid_request";
  return new AppError(code, message, { fields: [{ field, rule, message, ...(allowed && { allowed }) }] });
}
