import { AppError } from "#lib/errors/AppError.ts";
import type { HistoryPage } from "#lib/plan/read/planHistory.ts";
import { decodePart, readRawQuery } from "../query/RawQuery.ts";

const names = { size: "page[size]", after: "page[after]" };

/** `GET /notes/{id}/history?page[size]=20&page[after]=<next>` */
export function historyQuery(query: string): HistoryPage {
  const options = new Map(
    readRawQuery(query).pairs.map(({ name, value }) => [decodePart(name) ?? "", decodePart(value) ?? ""]),
  );
  for (const field of options.keys()) {
    if (field === names.size || field === names.after) continue;
    const message = "A history takes page[size] and page[after].";
    const allowed = [names.size, names.after];
    throw new AppError("unknown_field", message, { fields: [{ field, rule: "unknown", message, allowed }] });
  }
  return { size: options.get(names.size), after: options.get(names.after), names };
}
