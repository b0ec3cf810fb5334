import { checkRecords, defaultPageSize, recordsOf, recordsOfList } from "#lib/plan/read/limits.ts";
import type { ReadPlan } from "#lib/plan/types.ts";
import { readKey } from "#lib/plan/write/planWrite.ts";
import { readArguments } from "#lib/plan/write/readArguments.ts";
import { isObject, refuse } from "#lib/plan/write/refuse.ts";
import { rulesOf } from "#lib/plan/write/rulesOf.ts";
import type { GraphqlApp, QueryField } from "../GraphqlApp.ts";
import { Planning } from "../plan/Planning.ts";
import { planList, planSelection } from "../plan/planSelection.ts";
import { argumentsOf } from "./argumentsOf.ts";
import { formatError, isDefect } from "./formatError.ts";
import type { RootAnswer } from "./RootAnswer.ts";
import type { RootField } from "./RootField.ts";

/** One field of the query type: one plan, one SQL statement, its JSON passed on. */
export async function answerQuery(app: GraphqlApp, query: QueryField, root: RootField): Promise<RootAnswer> {
  const { as, execution } = root;
  const answer = { name: as, nonNull: query.many };
  try {
    const plan = query.many ? manyPlan(app, query, root) : onePlan(app, query, root);
    const json = plan && (await execution.run(execution.actor, plan));
    return { ...answer, json: json && [json], errors: [] };
  } catch (error) {
    if (isDefect(error)) execution.onDefect(error);
    return { ...answer, json: null, errors: [formatError(error, [as])] };
  }
}

function manyPlan(app: GraphqlApp, { entity, action }: QueryField, root: RootField): ReadPlan {
  const { nodes, fields } = root;
  const planning = new Planning(app, fields);
  const list = planList(entity, nodes, { planning, parent: "Query", size: defaultPageSize });
  planning.check();
  checkRecords(recordsOfList(list));
  const parameters = planning.parameters.values;
  if (action === null) return { shape: { kind: "many", resource: entity.name, list }, parameters };
  const now = new Date().toISOString();
  const { input } = argumentsOf(app.schema.getQueryType(), root);
  const given = isObject(input) ? input : {};
  const read = readArguments(given, rulesOf(app.catalog, entity, action), { model: app.catalog.model, now });
  refuse(read.errors);
  return { shape: { kind: "many", resource: entity.name, action, list }, parameters, now, arguments: read.values };
}

/** Null when no record can have the key that was asked for. */
function onePlan(app: GraphqlApp, { entity }: QueryField, root: RootField): ReadPlan | null {
  const { nodes, fields } = root;
  const key = readKey(entity, String(argumentsOf(app.schema.getQueryType(), root).id));
  if (key === null) return null;
  const planning = new Planning(app, fields);
  const ref = planning.parameters.add(key);
  const selection = planSelection(entity, nodes, planning);
  planning.check();
  checkRecords(recordsOf(selection));
  return {
    shape: { kind: "one", resource: entity.name, key: ref, selection },
    parameters: planning.parameters.values,
  };
}
