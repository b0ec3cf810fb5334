import type { FieldNode } from "graphql";
import { AppError } from "#lib/errors/AppError.ts";
import { checkRecords, recordsOf } from "#lib/plan/read/limits.ts";
import { parseExactJson } from "#lib/plan/values/exactJson.ts";
import { splitUpsert } from "#lib/plan/write/splitUpsert.ts";
import type { GraphqlApp } from "../GraphqlApp.ts";
import { collectFields } from "../plan/collectFields.ts";
import type { MutationField } from "../plan/mutationFields.ts";
import { Planning } from "../plan/Planning.ts";
import { planMutation } from "../plan/planMutation.ts";
import { planSelection } from "../plan/planSelection.ts";
import { argumentsOf } from "./argumentsOf.ts";
import { formatError, isDefect } from "./formatError.ts";
import { payloadJson } from "./payloadJson.ts";
import type { RootAnswer } from "./RootAnswer.ts";
import type { RootField } from "./RootField.ts";
import { joinResults, type ResultJson, splitResults } from "./results.ts";

/** Refusals that a form can show: they are data. All others are errors of the request. */
const told: readonly string[] = [
  "invalid_input",
  "unknown_field",
  "conflict",
  "version_mismatch",
  "illegal_transition",
  "not_found",
];

/** One field of the mutation type: `{result, errors}`; a refused action is told in `errors`. */
export async function answerMutation(app: GraphqlApp, mutation: MutationField, root: RootField): Promise<RootAnswer> {
  const { as, nodes, fields, execution } = root;
  const sets = nodes.map(({ selectionSet }) => selectionSet);
  const payload = { mutation, members: collectFields(sets, fields), fields };
  try {
    const done = await run(app, mutation, { root, members: payload.members });
    return { name: as, nonNull: true, json: payloadJson({ ...payload, ...done, refusal: null }), errors: [] };
  } catch (error) {
    if (error instanceof AppError && told.includes(error.code)) {
      const json = payloadJson({ ...payload, results: null, facts: {}, refusal: error });
      return { name: as, nonNull: true, json, errors: [] };
    }
    if (isDefect(error)) execution.onDefect(error);
    return { name: as, nonNull: true, json: null, errors: [formatError(error, [as])] };
  }
}

interface Results {
  readonly results: ResultJson;
  /** Other members of the payload by their names. */
  readonly facts: Readonly<Record<string, boolean | number>>;
}

interface Asked {
  readonly root: RootField;
  /** Fields of the payload by their names in the answer. */
  readonly members: ReadonlyMap<string, readonly FieldNode[]>;
}

async function run(app: GraphqlApp, mutation: MutationField, { root, members }: Asked): Promise<Results> {
  const { entity, kind, action } = mutation;
  const { fields, execution } = root;
  const planning = new Planning(app, fields);
  const shown = [...members].filter(([, [node]]) => node?.name.value === "result");
  const parts = shown.map(([as, parents]) => ({ as, selection: planSelection(entity, parents, planning) }));
  const selection = joinResults(parts);
  const args = argumentsOf(app.schema.getMutationType(), root);
  const plan = planMutation(mutation, args, { planning, selection, actor: execution.actor });
  planning.check();
  checkRecords(recordsOf(selection));
  const json = plan && (await execution.run(execution.actor, plan));
  if (!json) throw new AppError("not_found", `There is no ${entity.name} with this id.`);
  if (kind === "updateMany" || kind === "destroyMany") {
    const { affected } = parseExactJson(Buffer.from(json).toString("utf8")) as { readonly affected: number };
    return { results: new Map(), facts: { affected } };
  }
  if (plan.shape.kind !== "upsert") return { results: splitResults(parts, json), facts: {} };
  const { created, record } = splitUpsert(json);
  return { results: splitResults(parts, record), facts: action === null ? { created } : {} };
}
