import type { Model } from "../../model/types.ts";
import { proposeActions } from "./actions.ts";
import { proposeAttributes } from "./attributes.ts";
import { proposeComputed } from "./computed.ts";
import { proposeFieldPolicies } from "./fieldPolicies.ts";
import { proposeLifetimes } from "./lifetimes.ts";
import type { Proposals } from "./Proposal.ts";
import { Proposing } from "./Proposing.ts";
import { proposePolicies } from "./policies.ts";
import { proposeValidations } from "./validations.ts";

const known = new WeakMap<Model, Proposals>();

/** Every test that a verified model suggests, in its order; the same for the same model. */
export function proposeTests(model: Model): Proposals {
  const found = known.get(model) ?? allOf(model);
  known.set(model, found);
  return found;
}

function allOf(model: Model): Proposals {
  const all = model.resources.map((resource) => {
    const proposing = new Proposing(model, resource);
    proposePolicies(proposing);
    proposeFieldPolicies(proposing);
    proposeLifetimes(proposing);
    proposeValidations(proposing);
    proposeActions(proposing);
    proposeComputed(proposing);
    proposeAttributes(proposing);
    return proposing;
  });
  return {
    proposals: all.flatMap(({ proposals }) => proposals),
    unsupported: all.flatMap(({ unsupported }) => unsupported),
  };
}
