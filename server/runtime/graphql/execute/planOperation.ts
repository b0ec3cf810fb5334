import { AppError } from "#lib/errors/AppError.ts";
import type { GraphqlApp } from "../GraphqlApp.ts";
import { collectFields, type FieldContext } from "../plan/collectFields.ts";
import { type Pin, Variables } from "../plan/Variables.ts";
import type { VariableValues } from "../plan/VariableValues.ts";
import type { Operation } from "../request/Operation.ts";
import { answerHistory } from "./answerHistory.ts";
import { failed, nothing } from "./failed.ts";
import { introspect } from "./introspect.ts";
import type { OperationPlan, RootPlan } from "./OperationPlan.ts";
import { planMutationField } from "./planMutationField.ts";
import { planNodes } from "./planNodes.ts";
import { planQuery } from "./planQuery.ts";
import type { RootAnswer } from "./RootAnswer.ts";
import type { RootField } from "./RootField.ts";

/** How many fields of the query or mutation type one operation may ask for; each is a statement of its own. */
const mostRoots = 50;

export interface PlannedOperation {
  readonly plan: OperationPlan;
  /** What of the variables the plan depends on beyond their structure. */
  readonly pins: readonly Pin[];
  /** Whether it holds for requests with other values: not where the values were at fault. */
  readonly isLasting: boolean;
}

export interface PlannedRoot {
  readonly root: RootPlan;
  readonly cost: number;
  readonly isLasting: boolean;
}

/** What an operation comes to with the variables of a request. Throws AppError where it asks for too much. */
export function planOperation(app: GraphqlApp, operation: Operation, values: VariableValues): PlannedOperation {
  const variables = new Variables(values);
  const fields: FieldContext = { fragments: operation.fragments, variables };
  const asked = [...collectFields([operation.node.selectionSet], fields)];
  if (asked.length > mostRoots) {
    throw new AppError(
      "invalid_request",
      `Ask for at most ${mostRoots} fields of the root at once. Send several requests.`,
    );
  }
  const planned = asked.map(([as, nodes]) => planRoot(app, operation, { as, nodes, fields }));
  return {
    plan: {
      roots: planned.map(({ root }) => root),
      cost: planned.reduce((sum, { cost }) => sum + cost, 0),
    },
    pins: variables.pins,
    isLasting: planned.every(({ isLasting }) => isLasting),
  };
}

function planRoot(app: GraphqlApp, operation: Operation, root: RootField): PlannedRoot {
  const { as, nodes } = root;
  const name = nodes[0]?.name.value ?? "";
  const isMutation = operation.kind === "mutation";
  if (name === "__typename") return constantRoot(as, isMutation ? "Mutation" : "Query");
  if (name === "__schema" || name === "__type") {
    return other(({ values }) => introspect(app, operation, { nodes, as, variables: values() }));
  }
  const mutation = isMutation ? app.mutations.get(name) : undefined;
  const query = isMutation ? undefined : app.queries.get(name);
  const history = app.histories.get(name);
  try {
    if (mutation) return { ...planMutationField(app, mutation, root), isLasting: true };
    if (history) {
      return other(({ values, execution }) =>
        answerHistory(app, history, { root: { ...root, fields: fieldsWith(operation, values()) }, execution }),
      );
    }
    if (name === "node" || name === "nodes") return planNodes(app, root, name);
    if (!query) return other(() => nothing(as));
    const read = planQuery(app, query, root);
    return read.root ? { root: read.root, cost: read.cost, isLasting: true } : shortLived(() => nothing(as));
  } catch (error) {
    return shortLived(({ execution }) =>
      failed({ as, nonNull: mutation !== undefined || query?.many === true }, error, execution),
    );
  }
}

/** What the walk through an operation needs, for the values of one request. */
function fieldsWith({ fragments }: Operation, values: VariableValues): FieldContext {
  return { fragments, variables: new Variables(values) };
}

type Answering = Extract<RootPlan, { kind: "other" }>["answer"];

const other = (answer: Answering, cost = 1): PlannedRoot => ({
  root: { kind: "other", sources: [], answer },
  cost,
  isLasting: true,
});
const shortLived = (answer: Answering): PlannedRoot => ({ ...other(answer), isLasting: false });

function constantRoot(as: string, value: string): PlannedRoot {
  const answer: RootAnswer = { name: as, json: [Buffer.from(JSON.stringify(value))], errors: [], nonNull: true };
  return other(() => answer, 0);
}
