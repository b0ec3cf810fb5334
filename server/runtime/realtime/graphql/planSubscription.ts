import type { FieldNode, GraphQLFormattedError } from "graphql";
import { hasSubscription } from "#lib/codegen/graphql/subscriptionSdl.ts";
import { AppError } from "#lib/errors/AppError.ts";
import { changedField } from "#lib/model/naming/actionFields.ts";
import { changedType } from "#lib/model/naming/graphqlNames.ts";
import type { Entity } from "#lib/plan/catalog/Catalog.ts";
import { recordsOf } from "#lib/plan/read/limits.ts";
import type { Actor } from "#lib/plan/types.ts";
import { formatError } from "../../graphql/execute/formatError.ts";
import { joinResults, type ResultPart } from "../../graphql/execute/results.ts";
import type { GraphqlApp } from "../../graphql/GraphqlApp.ts";
import { collectFields } from "../../graphql/plan/collectFields.ts";
import { fillParameters } from "../../graphql/plan/ParameterSources.ts";
import { Planning } from "../../graphql/plan/Planning.ts";
import { planFilter } from "../../graphql/plan/planFilter.ts";
import { planSelection } from "../../graphql/plan/planSelection.ts";
import { Variables } from "../../graphql/plan/Variables.ts";
import type { VariableValues } from "../../graphql/plan/VariableValues.ts";
import type { Operation } from "../../graphql/request/Operation.ts";
import { type Position, parsePosition } from "../feed/Position.ts";
import type { Question } from "../feed/Question.ts";

/** A subscription that can be run. */
export interface PlannedSubscription {
  readonly question: Question;
  readonly after: Position | null;
  readonly layout: PayloadLayout;
}

/** What of a change is shown, and under which names. */
export interface PayloadLayout {
  /** The name of the field of the subscription type in the answer. */
  readonly as: string;
  readonly type: string;
  readonly members: readonly { readonly as: string; readonly name: string }[];
  readonly records: readonly ResultPart[];
  /** Equal for layouts that show the same. */
  readonly key: string;
}

/** What a subscription comes to, or why it cannot be run. */
export function planSubscription(
  app: GraphqlApp,
  operation: Operation,
  { variables: given, actor }: { readonly variables: Readonly<Record<string, unknown>>; readonly actor: Actor },
): PlannedSubscription | readonly GraphQLFormattedError[] {
  const values = operation.values(given);
  if (isRefused(values)) return values;
  try {
    return planned(app, operation, { values, actor });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return [formatError(error)];
  }
}

function isRefused(
  values: VariableValues | readonly GraphQLFormattedError[],
): values is readonly GraphQLFormattedError[] {
  return Array.isArray(values);
}

function planned(
  app: GraphqlApp,
  operation: Operation,
  { values, actor }: { readonly values: VariableValues; readonly actor: Actor },
): PlannedSubscription {
  const variables = new Variables(values);
  const fields = { fragments: operation.fragments, variables };
  const [root] = collectFields([operation.node.selectionSet], fields);
  const [as, nodes] = root ?? ["", []];
  const [node] = nodes;
  const field = node && app.schema.getSubscriptionType()?.getFields()[node.name.value];
  const entity = node && entityOf(app, node.name.value);
  if (!node || !field || !entity) throw new AppError("invalid_request", "The subscription asks for no field.");
  const args = variables.argumentsOf(field, node);
  const planning = new Planning(app, fields);
  const where = planFilter(args.filter, entity, { planning, path: [], place: "filter" });
  const type = changedType(entity.resource);
  const shown = [...collectFields(selectionsOf(nodes), fields, type)];
  const records = shown
    .filter(([, [inner]]) => inner?.name.value === "record")
    .map(([name, inner]) => ({ as: name, selection: planSelection(entity, inner, planning) }));
  planning.check();
  const selection = joinResults(records);
  checkCost(app, recordsOf(selection));
  const parameters = fillParameters(planning.parameters.all, values.coerced);
  if (!parameters) throw new AppError("invalid_input", "Some arguments are not acceptable.");
  const members = shown.map(([name, [inner]]) => ({ as: name, name: inner?.name.value ?? "" }));
  return {
    question: { actor, entity, where, selection, parameters },
    after: positionIn(args.after),
    layout: { as, type, members, records, key: JSON.stringify(["graphql", as, members]) },
  };
}

const selectionsOf = (nodes: readonly FieldNode[]) => nodes.map(({ selectionSet }) => selectionSet);

function entityOf({ catalog }: GraphqlApp, name: string): Entity | undefined {
  return [...catalog.entities.values()].find(
    ({ resource }) => hasSubscription(resource) && changedField(resource) === name,
  );
}

function positionIn(after: unknown): Position | null {
  if (after === null || after === undefined) return null;
  const position = parsePosition(String(after));
  if (position) return position;
  const message = "Give the `cursor` of a change here, as it came.";
  throw new AppError("invalid_cursor", message, { fields: [{ field: "after", rule: "cursor", message }] });
}

function checkCost({ limits }: GraphqlApp, cost: number): void {
  if (cost <= limits.cost) return;
  throw new AppError("invalid_request", `Each change would read up to ${cost} records, and may read ${limits.cost}.`);
}
