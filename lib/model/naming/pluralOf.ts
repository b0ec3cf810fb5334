import { pluralize } from "inflection";
import { camelCase } from "./camelCase.ts";
import { wordsOf } from "./wordsOf.ts";

/**
 * The regular plural of a resource's name: `OrderDetail` to `orderDetails`. Never the same as the singular, since an API
 * needs both: a word without a plural of its own gets `List` (`Equipment` to `equipmentList`).
 */
export function pluralOf(resourceName: string): string {
  const words = wordsOf(resourceName);
  const last = words.at(-1);
  if (last === undefined) return "";
  const plural = pluralize(last.toLowerCase());
  const ending = plural === last.toLowerCase() ? [plural, "List"] : [plural];
  return camelCase([...words.slice(0, -1), ...ending].join("_"));
}
