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

const proposers = [
  proposePolicies,
  proposeFieldPolicies,
  proposeLifetimes,
  proposeValidations,
  proposeActions,
  proposeComputed,
  proposeAttributes,
] as const;

/** Every test that a verified model suggests, in its order; the same for the same model. */
export function proposeTests(model: Model): Proposals {
  const work = proposingSteps(model);
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

/** The same in steps, so that whoever drives it can do something else in between; worked out once for each model. */
export function* proposingSteps(model: Model): Generator<void, Proposals> {
  const found = known.get(model);
  if (found) return found;
  const all: Proposing[] = [];
  for (const resource of model.resources) {
    const proposing = new Proposing(model, resource);
    for (const propose of proposers) {
      propose(proposing);
      yield;
    }
    all.push(proposing);
  }
  const made = {
    proposals: all.flatMap(({ proposals }) => proposals),
    unsupported: all.flatMap(({ unsupported }) => unsupported),
  };
  known.set(model, made);
  return made;
}
