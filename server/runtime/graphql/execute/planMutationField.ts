import type { FieldNode } from "graphql";
import { isUserError } from "#lib/codegen/graphql/userErrors.ts";
import { AppError } from "#lib/errors/AppError.ts";
import { Parameters } from "#lib/plan/Parameters.ts";
import { recordsOf } from "#lib/plan/read/limits.ts";
import type { ParameterValue, Selection } from "#lib/plan/types.ts";
import { parseExactJson } from "#lib/plan/values/exactJson.ts";
import { splitUpsert } from "#lib/plan/write/splitUpsert.ts";
import type { GraphqlApp } from "../GraphqlApp.ts";
import { collectFields } from "../plan/collectFields.ts";
import type { MutationField } from "../plan/mutationFields.ts";
import { Planning } from "../plan/Planning.ts";
import { planMutation } from "../plan/planMutation.ts";
import { planSelection } from "../plan/planSelection.ts";
import { Variables } from "../plan/Variables.ts";
import { argumentsOf } from "./argumentsOf.ts";
import { failed } from "./failed.ts";
import type { OperationCall, OtherRoot } from "./OperationPlan.ts";
import { payloadJson } from "./payloadJson.ts";
import type { RootAnswer } from "./RootAnswer.ts";
import type { RootField } from "./RootField.ts";
import { joinResults, type ResultJson, type ResultPart, splitResults } from "./results.ts";

/** What a mutation shows, which is the same for every request; what it does is read anew from each. */
interface PlannedMutation {
  readonly mutation: MutationField;
  readonly root: RootField;
  /** Fields of the payload by their names in the answer. */
  readonly members: ReadonlyMap<string, readonly FieldNode[]>;
  readonly parts: readonly ResultPart[];
  readonly selection: Selection;
}

interface Asked {
  readonly call: OperationCall;
  /** Parameters of the selection. */
  readonly shown: readonly ParameterValue[];
}

/** One field of the mutation type: `{result, errors}`; a refused action is told in `errors`. */
export function planMutationField(
  app: GraphqlApp,
  mutation: MutationField,
  root: RootField,
): { readonly root: OtherRoot; readonly cost: number } {
  const { nodes, fields } = root;
  const sets = nodes.map(({ selectionSet }) => selectionSet);
  const members = collectFields(sets, fields);
  const planning = new Planning(app, fields);
  const shown = [...members].filter(([, [node]]) => node?.name.value === "result");
  const parts = shown.map(([as, parents]) => ({ as, selection: planSelection(mutation.entity, parents, planning) }));
  planning.check();
  const selection = joinResults(parts);
  const planned = { mutation, root, members, parts, selection };
  const sources = planning.parameters.all;
  return {
    root: { kind: "other", sources, answer: (call, shown) => answer(app, planned, { call, shown }) },
    cost: recordsOf(selection),
  };
}

async function answer(app: GraphqlApp, planned: PlannedMutation, { call, shown }: Asked): Promise<RootAnswer> {
  const { mutation, root, members } = planned;
  const { as } = root;
  const fields = { fragments: root.fields.fragments, variables: new Variables(call.values()) };
  const payload = { mutation, members, fields };
  try {
    const done = await run(app, { ...planned, root: { ...root, fields } }, { call, shown });
    return { name: as, nonNull: true, json: payloadJson({ ...payload, ...done, refusal: null }), errors: [] };
  } catch (error) {
    if (error instanceof AppError && isUserError(error.code)) {
      const json = payloadJson({ ...payload, results: null, facts: {}, refusal: error });
      return { name: as, nonNull: true, json, errors: [] };
    }
    return failed({ as, nonNull: true }, error, call.execution);
  }
}

interface Results {
  readonly results: ResultJson;
  /** Other members of the payload by their names. */
  readonly facts: Readonly<Record<string, boolean | number>>;
}

async function run(
  app: GraphqlApp,
  { mutation, root, parts, selection }: PlannedMutation,
  { call, shown }: Asked,
): Promise<Results> {
  const { entity, kind, action } = mutation;
  const { actor, run: runPlan } = call.execution;
  const args = argumentsOf(app.schema.getMutationType(), root);
  const parameters = new Parameters();
  for (const value of shown) parameters.add(value);
  const planning = new Planning(app, root.fields);
  const plan = planMutation(mutation, args, { planning, parameters, selection, actor });
  planning.check();
  const json = plan && (await runPlan(actor, plan));
  if (!json) throw new AppError("not_found", `There is no ${entity.name} with this id.`);
  if (kind === "updateMany" || kind === "destroyMany") {
    const { affected } = parseExactJson(Buffer.from(json).toString("utf8")) as { readonly affected: number };
    return { results: new Map(), facts: { affected } };
  }
  if (plan.shape.kind !== "upsert") return { results: splitResults(parts, json), facts: {} };
  const { created, record } = splitUpsert(json);
  return { results: splitResults(parts, record), facts: action === null ? { created } : {} };
}
