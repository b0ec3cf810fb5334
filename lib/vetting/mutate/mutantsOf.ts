import type { Model } from "../../model/types.ts";
import { actionMutants, validationMutants } from "./actionMutants.ts";
import { attributeMutants } from "./attributeMutants.ts";
import { computedMutants } from "./computedMutants.ts";
import { expressionMutants } from "./expressionMutants.ts";
import { featureMutants } from "./featureMutants.ts";
import type { Mutant } from "./Mutant.ts";
import { Mutants } from "./Mutants.ts";
import { policyMutants } from "./policyMutants.ts";
import { relationshipMutants } from "./relationshipMutants.ts";
import { stateMutants } from "./stateMutants.ts";

const known = new WeakMap<Model, readonly Mutant[]>();

/** Each adds those of one part; they stand in this order. */
const kinds = [
  policyMutants,
  validationMutants,
  actionMutants,
  stateMutants,
  attributeMutants,
  relationshipMutants,
  featureMutants,
  computedMutants,
  expressionMutants,
];

/** The models that differ from a verified one in one thing, in the order of its resources. */
export function mutantsOf(model: Model): readonly Mutant[] {
  const found = known.get(model) ?? model.resources.flatMap((resource) => ofResource(model, resource));
  known.set(model, found);
  return found;
}

function ofResource(model: Model, resource: Model["resources"][number]): readonly Mutant[] {
  const mutants = new Mutants(model, resource);
  for (const add of kinds) add(mutants);
  return mutants.all;
}
