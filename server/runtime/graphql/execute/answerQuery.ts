import { getArgumentValues } from "graphql";
import { checkRecords, defaultPageSize, recordsOf, recordsOfList } from "#lib/plan/read/limits.ts";
import type { ReadPlan } from "#lib/plan/types.ts";
import { readKey } from "#lib/plan/write/planWrite.ts";
import type { GraphqlApp, QueryField } from "../GraphqlApp.ts";
import { Planning } from "../plan/Planning.ts";
import { planList, planSelection } from "../plan/planSelection.ts";
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

function manyPlan(app: GraphqlApp, { entity }: QueryField, { nodes, fields }: RootField): ReadPlan {
  const planning = new Planning(app, fields);
  const list = planList(entity, nodes, { planning, parent: "Query", size: defaultPageSize });
  planning.check();
  checkRecords(recordsOfList(list));
  return { shape: { kind: "many", resource: entity.name, list }, parameters: planning.parameters.values };
}

/** Null when no record can have the key that was asked for. */
function onePlan(app: GraphqlApp, { entity }: QueryField, { nodes, fields }: RootField): ReadPlan | null {
  const [node] = nodes;
  const definition = node && app.schema.getQueryType()?.getFields()[node.name.value];
  if (!node || !definition) throw new Error("The field is not of the query type.");
  const key = readKey(entity, String(getArgumentValues(definition, node, fields.variables).id));
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
