import type { Problem } from "../Problem.ts";
import type { Places } from "../read/Places.ts";
import type { Model } from "../types.ts";
import { appName } from "./appName.ts";
import { bounds } from "./bounds.ts";
import { choices } from "./choices.ts";
import { decimals } from "./decimals.ts";
import { duplicateApiNames } from "./duplicateApiNames.ts";
import { duplicateColumns } from "./duplicateColumns.ts";
import { duplicateFields } from "./duplicateFields.ts";
import { duplicateTables } from "./duplicateTables.ts";
import { duplicateTypes } from "./duplicateTypes.ts";
import { groups } from "./groups.ts";
import { hasManyVia } from "./hasManyVia.ts";
import { limits } from "./limits.ts";
import { manyToManyVia } from "./manyToManyVia.ts";
import { nameShapes } from "./nameShapes.ts";
import { patterns } from "./patterns.ts";
import type { Rule } from "./Rule.ts";
import { requiredCycle } from "./requiredCycle.ts";
import { requiredSetNull } from "./requiredSetNull.ts";
import { reservedNames } from "./reservedNames.ts";
import { unknownTarget } from "./unknownTarget.ts";

const rules: readonly Rule[] = [
  appName,
  limits,
  nameShapes,
  reservedNames,
  duplicateFields,
  duplicateApiNames,
  duplicateTypes,
  duplicateTables,
  duplicateColumns,
  unknownTarget,
  hasManyVia,
  manyToManyVia,
  requiredCycle,
  requiredSetNull,
  bounds,
  decimals,
  patterns,
  choices,
  groups,
];

/** Every problem of a model that shows only once all files are read. */
export function verifyModel(draft: Model, places: Places): readonly Problem[] {
  return rules.flatMap((rule) => rule(draft, places));
}
