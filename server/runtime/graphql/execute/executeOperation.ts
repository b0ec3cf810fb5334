import type { GraphQLFormattedError } from "graphql";
import { AppError } from "#lib/errors/AppError.ts";
import type { ParameterValue } from "#lib/plan/types.ts";
import { noteOperation } from "../../slow/describeOperation.ts";
import type { GraphqlApp } from "../GraphqlApp.ts";
import type { CoercedValues } from "../plan/Held.ts";
import { fillParameters } from "../plan/ParameterSources.ts";
import type { VariableValues } from "../plan/VariableValues.ts";
import type { Operation } from "../request/Operation.ts";
import type { Execution } from "./Execution.ts";
import { failed } from "./failed.ts";
import { formatError } from "./formatError.ts";
import type { OperationCall, OperationPlan, RootPlan } from "./OperationPlan.ts";
import { type PlannedOperation, planOperation } from "./planOperation.ts";
import type { RootAnswer } from "./RootAnswer.ts";

/** Either what the root fields came to, in the order asked for, or why nothing could be run. */
export type OperationAnswer =
  | { readonly kind: "answers"; readonly answers: readonly RootAnswer[] }
  | { readonly kind: "refused"; readonly errors: readonly GraphQLFormattedError[] };

/** A request for an operation: its variables as they were sent, and who asks. */
export interface OperationRequest {
  readonly variables: Readonly<Record<string, unknown>>;
  readonly execution: Execution;
}

/** Runs one operation: queries side by side, mutations one after the other. */
export async function executeOperation(
  app: GraphqlApp,
  operation: Operation,
  { variables, execution }: OperationRequest,
): Promise<OperationAnswer> {
  let full: VariableValues | readonly GraphQLFormattedError[] | null = null;
  const coerced = () => {
    full ??= operation.values(variables);
    return full;
  };
  const quick = operation.quickValues(variables);
  if (!quick && isRefused(coerced())) return refusal(coerced());
  const values = () => {
    const all = coerced();
    if (isRefused(all)) throw new Error("Variables that were read quickly cannot be coerced.");
    return all;
  };
  const call = { values, execution };
  const flat = quick ?? values().coerced;
  const known = app.plans.find(operation.planKey(flat));
  const filled = known && fillRoots(known, flat);
  if (filled) return answers(operation, filled, call);

  const planned = within(app, operation, values());
  if (planned instanceof AppError) return { kind: "refused", errors: [formatError(planned)] };
  const { plan, pins, isLasting } = planned;
  for (const root of plan.roots) if (root.kind === "read") noteOperation(root.shape, operation.node);
  if (operation.watch(pins) && isLasting) app.plans.keep(operation.planKey(flat), plan);
  const fresh = fillRoots(plan, flat);
  if (!fresh) throw new Error("A plan does not take the values that it was made of.");
  return answers(operation, fresh, call);
}

function isRefused(
  values: VariableValues | readonly GraphQLFormattedError[],
): values is readonly GraphQLFormattedError[] {
  return Array.isArray(values);
}

function refusal(errors: VariableValues | readonly GraphQLFormattedError[]): OperationAnswer {
  return { kind: "refused", errors: isRefused(errors) ? errors : [] };
}

/** A root field with the parameters of one request. */
interface FilledRoot {
  readonly root: RootPlan;
  readonly parameters: readonly ParameterValue[];
}

/** Null where a value is none for its place, which planning anew will tell of. */
function fillRoots({ roots }: OperationPlan, values: CoercedValues): readonly FilledRoot[] | null {
  const filled: FilledRoot[] = [];
  for (const root of roots) {
    const parameters = fillParameters(root.sources, values);
    if (!parameters) return null;
    filled.push({ root, parameters });
  }
  return filled;
}

async function answers(
  operation: Operation,
  roots: readonly FilledRoot[],
  call: OperationCall,
): Promise<OperationAnswer> {
  const [only, ...more] = roots;
  if (only && more.length === 0) return { kind: "answers", answers: [await answer(only, call)] };
  if (operation.kind !== "mutation") {
    return { kind: "answers", answers: await Promise.all(roots.map((root) => answer(root, call))) };
  }
  const done: RootAnswer[] = [];
  for (const root of roots) {
    const latest = await answer(root, call);
    done.push(latest);
    // All of `data` is lost; nobody would learn what the mutations that follow have done.
    if (latest.nonNull && latest.json === null) break;
  }
  return { kind: "answers", answers: done };
}

async function answer({ root, parameters }: FilledRoot, call: OperationCall): Promise<RootAnswer> {
  if (root.kind === "other") return root.answer(call, parameters);
  const { as, nonNull, shape, more } = root;
  const { actor, run } = call.execution;
  try {
    const json = await run(actor, more ? { shape, parameters, ...more(call.values()) } : { shape, parameters });
    return { name: as, nonNull, json: json && [json], errors: [] };
  } catch (error) {
    return failed({ as, nonNull }, error, call.execution);
  }
}

/** The plan of an operation, or why it asks for too much. */
function within(app: GraphqlApp, operation: Operation, values: VariableValues): PlannedOperation | AppError {
  try {
    const planned = planOperation(app, operation, values);
    return tooCostly(app, planned.plan) ?? planned;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

function tooCostly({ limits }: GraphqlApp, { cost }: OperationPlan): AppError | null {
  if (cost <= limits.cost) return null;
  const message = `This operation costs ${cost}, and one may cost ${limits.cost}. Ask for smaller pages with \`first\`, for fewer lists inside of lists, or in several operations.`;
  return new AppError("invalid_request", message, {
    fields: [{ field: "query", rule: "cost", message: `The operation costs ${cost} of ${limits.cost}.` }],
  });
}
