import { singularize } from "inflection";
import { pascalCase } from "./pascalCase.ts";
import { wordsOf } from "./wordsOf.ts";

/** Words that end like a plural and are none. */
const singulars = new Set(["gas", "lens", "us", "atlas", "canvas", "bias", "chaos", "news", "series", "status"]);

/** The name of a resource for a table or a plural: `order_details` to `OrderDetail`. */
export function singularOf(plural: string): string {
  const words = wordsOf(plural);
  const last = words.at(-1)?.toLowerCase();
  if (last === undefined) return "";
  const singular = singulars.has(last) || last.length < 3 ? last : singularize(last);
  return pascalCase([...words.slice(0, -1), singular].join("_"));
}
