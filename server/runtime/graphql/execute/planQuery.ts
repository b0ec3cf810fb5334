import { recordsOf, recordsOfList } from "#lib/plan/read/limits.ts";
import { readKey } from "#lib/plan/write/planWrite.ts";
import { readArguments } from "#lib/plan/write/readArguments.ts";
import { isObject, refuse } from "#lib/plan/write/refuse.ts";
import { rulesOf } from "#lib/plan/write/rulesOf.ts";
import type { GraphqlApp, QueryField } from "../GraphqlApp.ts";
import { Held, valueAt } from "../plan/Held.ts";
import { Planning } from "../plan/Planning.ts";
import { planList, planSelection } from "../plan/planSelection.ts";
import { Variables } from "../plan/Variables.ts";
import type { VariableValues } from "../plan/VariableValues.ts";
import { argumentsOf, heldArgumentsOf } from "./argumentsOf.ts";
import type { ReadRoot } from "./OperationPlan.ts";
import type { RootField } from "./RootField.ts";

export interface PlannedRead {
  /** Null when no record can have the key that was asked for. */
  readonly root: ReadRoot | null;
  readonly cost: number;
}

/** One field of the query type: one plan, one SQL statement. Throws AppError for arguments that are not acceptable. */
export function planQuery(app: GraphqlApp, query: QueryField, root: RootField): PlannedRead {
  return query.many ? planMany(app, query, root) : planOne(app, query, root);
}

function planMany(app: GraphqlApp, { entity, action }: QueryField, { as, nodes, fields }: RootField): PlannedRead {
  const planning = new Planning(app, fields);
  const list = planList(entity, nodes, { planning, parent: "Query" });
  planning.check();
  const shape = { kind: "many", resource: entity.name, list, ...(action !== null && { action }) } as const;
  const rules = action === null ? null : rulesOf(app.catalog, entity, action);
  const more = (values: VariableValues) => {
    const now = new Date().toISOString();
    if (!rules) return { now };
    const given = { nodes, fields: { fragments: fields.fragments, variables: new Variables(values) } };
    const { input } = argumentsOf(app.schema.getQueryType(), given);
    const read = readArguments(isObject(input) ? input : {}, rules, { model: app.catalog.model, now });
    refuse(read.errors);
    return { now, arguments: read.values };
  };
  return {
    root: { kind: "read", as, nonNull: true, shape, sources: planning.parameters.all, more: rules && more },
    cost: recordsOfList(list),
  };
}

function planOne(app: GraphqlApp, { entity }: QueryField, root: RootField): PlannedRead {
  const { as, nodes, fields } = root;
  const { id } = heldArgumentsOf(app.schema.getQueryType(), root);
  const key = readKey(entity, String(id instanceof Held ? id.value : id));
  if (key === null) return { root: null, cost: 1 };
  const planning = new Planning(app, fields);
  const ref = planning.parameters.add(
    id instanceof Held ? (variables) => readKey(entity, String(valueAt(variables, id))) ?? undefined : key,
  );
  const selection = planSelection(entity, nodes, planning);
  planning.check();
  const shape = { kind: "one", resource: entity.name, key: ref, selection } as const;
  return {
    root: { kind: "read", as, nonNull: false, shape, sources: planning.parameters.all, more: null },
    cost: recordsOf(selection),
  };
}
