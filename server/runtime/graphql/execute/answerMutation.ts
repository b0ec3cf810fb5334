import { type FieldNode, getArgumentValues } from "graphql";
import { AppError } from "#lib/errors/AppError.ts";
import { checkRecords, recordsOf } from "#lib/plan/read/limits.ts";
import type { WritePlan } from "#lib/plan/types.ts";
import { planCreate, planDestroy, planUpdate, readKey } from "#lib/plan/write/planWrite.ts";
import type { WriteContext } from "#lib/plan/write/WriteContext.ts";
import type { GraphqlApp } from "../GraphqlApp.ts";
import { collectFields } from "../plan/collectFields.ts";
import { idsAsKeys } from "../plan/idsAsKeys.ts";
import type { MutationField } from "../plan/mutationFields.ts";
import { Planning } from "../plan/Planning.ts";
import { planSelection } from "../plan/planSelection.ts";
import { formatError, isDefect } from "./formatError.ts";
import { payloadJson } from "./payloadJson.ts";
import type { RootAnswer } from "./RootAnswer.ts";
import type { RootField } from "./RootField.ts";
import { joinResults, type ResultJson, splitResults } from "./results.ts";

/** Refusals that a form can show: they are data. All others are errors of the request. */
const told: readonly string[] = ["invalid_input", "unknown_field", "conflict", "not_found"];

/** One field of the mutation type: `{result, errors}`; a refused action is told in `errors`. */
export async function answerMutation(app: GraphqlApp, mutation: MutationField, root: RootField): Promise<RootAnswer> {
  const { as, nodes, fields, execution } = root;
  const sets = nodes.map(({ selectionSet }) => selectionSet);
  const payload = { mutation, members: collectFields(sets, fields), fields };
  try {
    const results = await run(app, mutation, { root, members: payload.members });
    return { name: as, nonNull: true, json: payloadJson({ ...payload, results, refusal: null }), errors: [] };
  } catch (error) {
    if (error instanceof AppError && told.includes(error.code)) {
      const json = payloadJson({ ...payload, results: null, refusal: error });
      return { name: as, nonNull: true, json, errors: [] };
    }
    if (isDefect(error)) execution.onDefect(error);
    return { name: as, nonNull: true, json: null, errors: [formatError(error, [as])] };
  }
}

interface Asked {
  readonly root: RootField;
  /** Fields of the payload by their names in the answer. */
  readonly members: ReadonlyMap<string, readonly FieldNode[]>;
}

async function run(app: GraphqlApp, mutation: MutationField, { root, members }: Asked): Promise<ResultJson> {
  const { entity } = mutation;
  const { nodes, fields, execution } = root;
  const planning = new Planning(app, fields);
  const shown = [...members].filter(([, [node]]) => node?.name.value === "result");
  const parts = shown.map(([as, parents]) => ({ as, selection: planSelection(entity, parents, planning) }));
  const selection = joinResults(parts);
  planning.check();
  checkRecords(recordsOf(selection));
  const context = { catalog: app.catalog, entity, selection, parameters: planning.parameters };
  const plan = planOf(mutation, argumentsOf(app, nodes, root), context);
  const json = plan && (await execution.run(execution.actor, plan));
  if (!json) throw new AppError("not_found", `There is no ${entity.name} with this id.`);
  return splitResults(parts, json);
}

/** Null when no record can have the key that was given. */
function planOf(
  { entity, action }: MutationField,
  args: Record<string, unknown>,
  context: WriteContext,
): WritePlan | null {
  const input = idsAsKeys(entity, args.input, context.catalog);
  if (action === "create") return planCreate(input, context);
  const key = readKey(entity, String(args.id));
  if (key === null) return null;
  return action === "update" ? planUpdate(key, input, context) : planDestroy(key, context);
}

function argumentsOf(app: GraphqlApp, [node]: readonly FieldNode[], { fields }: RootField): Record<string, unknown> {
  const definition = node && app.schema.getMutationType()?.getFields()[node.name.value];
  if (!node || !definition) throw new Error("The field is not of the mutation type.");
  return getArgumentValues(definition, node, fields.variables);
}
