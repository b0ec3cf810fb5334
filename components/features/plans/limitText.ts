import { type Limit, limits } from "#lib/plans/plans.ts";
import { numberWords } from "#lib/plans/words.ts";

/** A limit in a cell: `3`, `10,000,000`, `30 days`, `No limit`. */
export function limitText(limit: Limit, value: number | null): string {
  if (value === null) return limits[limit].kind === "days" ? "For good" : "No limit";
  return limits[limit].kind === "days" ? `${numberWords(value)} days` : numberWords(value);
}
