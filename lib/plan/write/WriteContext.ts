import { anonymousActor } from "../access/actors.ts";
import type { RequestContext } from "../access/contextValues.ts";
import type { Catalog, Entity } from "../catalog/Catalog.ts";
import type { Parameters } from "../Parameters.ts";
import type { Actor, ParameterRef, Selection, WritePlan } from "../types.ts";
import type { ActionRules } from "./ActionRules.ts";
import { type ArgumentInput, readArguments } from "./readArguments.ts";
import { rulesOf } from "./rulesOf.ts";

export interface WriteContext {
  readonly catalog: Catalog;
  readonly entity: Entity;
  /** What the answer shows. */
  readonly selection: Selection;
  /** Already holds the values that the selection refers to, where it has any. */
  readonly parameters?: Parameters;
  /** Who asks; what defaults and checks may know of. */
  readonly actor?: Actor;
  /** Name of the action; absent means the standard one. */
  readonly action?: string;
  /** Canonical; the version that the record must be at. */
  readonly version?: string | undefined;
}

export interface Asked extends ArgumentInput {
  readonly rules: ActionRules;
  readonly request: RequestContext;
}

export function askedOf(input: Readonly<Record<string, unknown>>, context: WriteContext, standard: string): Asked {
  const { catalog, entity } = context;
  const rules = rulesOf(catalog, entity, context.action ?? standard);
  const request = requestOf(context);
  const read = readArguments(input, rules, { model: catalog.model, now: request.now });
  return { ...read, rules, request: { ...request, arguments: read.values } };
}

export function requestOf({ actor = anonymousActor }: WriteContext): RequestContext {
  return { actor, now: new Date().toISOString() };
}

/** What of the request stays with the plan: its moment and arguments. */
export function valuesOf({ rules, values, request }: Asked): Pick<WritePlan, "arguments" | "now"> {
  return { now: request.now, ...(rules.arguments.length > 0 && { arguments: values }) };
}

export function actionPart({ action }: WriteContext): { readonly action?: string } {
  return action === undefined ? {} : { action };
}

/** The parameter of the version that the record must be at; nothing where any will do. */
export function versionPart({ version }: WriteContext, parameters: Parameters): { readonly version?: ParameterRef } {
  return version === undefined ? {} : { version: parameters.add(version) };
}

/** Adds the values of fields in the order of the model; answers the names of those that have one. */
export function addFields(
  entity: Entity,
  values: ReadonlyMap<string, string | null>,
  parameters: Parameters,
): readonly string[] {
  const fields: string[] = [];
  for (const name of entity.fields.keys()) {
    const value = values.get(name);
    if (value === undefined) continue;
    fields.push(name);
    parameters.add(value);
  }
  return fields;
}
