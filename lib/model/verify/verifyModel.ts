import type { Problem } from "../Problem.ts";
import type { Places } from "../read/Places.ts";
import type { Model } from "../types.ts";
import { actions } from "./actions.ts";
import { aggregates } from "./aggregates.ts";
import { appApi } from "./appApi.ts";
import { appName } from "./appName.ts";
import { auth } from "./auth.ts";
import { bounds } from "./bounds.ts";
import { choices } from "./choices.ts";
import { computedCycles } from "./computedCycles.ts";
import { computedNames } from "./computedNames.ts";
import { conditionalUniques } from "./conditionalUniques.ts";
import { connections } from "./connections.ts";
import { decimals } from "./decimals.ts";
import { deprecations } from "./deprecations.ts";
import { duplicateApiNames } from "./duplicateApiNames.ts";
import { duplicateColumns } from "./duplicateColumns.ts";
import { duplicateFields } from "./duplicateFields.ts";
import { duplicateTables } from "./duplicateTables.ts";
import { duplicateTypes } from "./duplicateTypes.ts";
import { embeddedValues } from "./embeddedValues.ts";
import { expressionSizes } from "./expressionSizes.ts";
import { expressions } from "./expressions.ts";
import { features } from "./features.ts";
import { files } from "./files.ts";
import { groups } from "./groups.ts";
import { hasManyVia } from "./hasManyVia.ts";
import { hasOneUnique } from "./hasOneUnique.ts";
import { hooks } from "./hooks.ts";
import { itemCounts } from "./itemCounts.ts";
import { keptCascades } from "./keptCascades.ts";
import { limits } from "./limits.ts";
import { manyToManyVia } from "./manyToManyVia.ts";
import { moneyCurrencies } from "./moneyCurrencies.ts";
import { mutationNames } from "./mutationNames.ts";
import { nameShapes } from "./nameShapes.ts";
import { patterns } from "./patterns.ts";
import { policies } from "./policies.ts";
import { processExpressions } from "./processExpressions.ts";
import { processInputs } from "./processInputs.ts";
import { processNames } from "./processNames.ts";
import { processTargets } from "./processTargets.ts";
import { processTimes } from "./processTimes.ts";
import { programSizes } from "./programSizes.ts";
import { programValues } from "./programValues.ts";
import type { Rule } from "./Rule.ts";
import { requiredCycle } from "./requiredCycle.ts";
import { requiredOnCreate } from "./requiredOnCreate.ts";
import { requiredSetNull } from "./requiredSetNull.ts";
import { reservedNames } from "./reservedNames.ts";
import { resourceApis } from "./resourceApis.ts";
import { roles } from "./roles.ts";
import { rowConditions } from "./rowConditions.ts";
import { sequences } from "./sequences.ts";
import { states } from "./states.ts";
import { storedFields } from "./storedFields.ts";
import { throughResource } from "./throughResource.ts";
import { triggerLoops } from "./triggerLoops.ts";
import { unknownTarget } from "./unknownTarget.ts";
import { unservedLists } from "./unservedLists.ts";
import { validations } from "./validations.ts";
import { valueObjectNames } from "./valueObjectNames.ts";
import { valueObjects } from "./valueObjects.ts";
import { vectors } from "./vectors.ts";

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
  hasOneUnique,
  manyToManyVia,
  throughResource,
  requiredCycle,
  requiredSetNull,
  keptCascades,
  bounds,
  decimals,
  patterns,
  choices,
  itemCounts,
  moneyCurrencies,
  sequences,
  files,
  vectors,
  valueObjects,
  valueObjectNames,
  embeddedValues,
  groups,
  computedNames,
  roles,
  aggregates,
  states,
  actions,
  mutationNames,
  resourceApis,
  appApi,
  deprecations,
  requiredOnCreate,
  policies,
  validations,
  features,
  conditionalUniques,
  expressions,
  rowConditions,
  computedCycles,
  expressionSizes,
  storedFields,
  unservedLists,
  processNames,
  processTargets,
  processInputs,
  processTimes,
  programSizes,
  programValues,
  hooks,
  connections,
  auth,
  processExpressions,
  triggerLoops,
];

/** Every problem of a model that shows only once all files are read. */
export function verifyModel(draft: Model, places: Places): readonly Problem[] {
  return rules.flatMap((rule) => rule(draft, places));
}
