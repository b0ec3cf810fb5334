import type { Problem } from "../Problem.ts";
import type { Places } from "../read/Places.ts";
import type { Model } from "../types.ts";
import type { Rule } from "./Rule.ts";

const rules: readonly Rule[] = [];

/** Every problem of a model that shows only once all files are read. */
export function verifyModel(draft: Model, places: Places): readonly Problem[] {
  return rules.flatMap((rule) => rule(draft, places));
}
