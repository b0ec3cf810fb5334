import type { Expression } from "../../expression/Expression.ts";
import { partsOf } from "../../expression/partsOf.ts";
import type { Model } from "../types.ts";
import { checkedExpression } from "./checkedExpression.ts";
import type { PlacedExpression } from "./expressionsOf.ts";
import { expressionsOf } from "./expressionsOf.ts";
import { resourceAlong } from "./resourceAlong.ts";

/** A calculation or an aggregate, and what it is worked out from. */
export interface ComputedField {
  readonly resource: string;
  readonly name: string;
  /** Where it stands in the model. */
  readonly path: readonly string[];
  /** Its stored column; absent for one that is worked out on reading. */
  readonly column?: string;
  /** The expressions in it. */
  readonly expressions: readonly PlacedExpression[];
  /** Keys of the calculations and aggregates that it names, as often as it does. */
  readonly uses: readonly string[];
  /** Names, literals, operators and calls in it. */
  readonly size: number;
}

const known = new WeakMap<Model, ReadonlyMap<string, ComputedField>>();

/** The calculations and aggregates of a model by their keys. */
export function computedFields(model: Model): ReadonlyMap<string, ComputedField> {
  const found = known.get(model) ?? allFields(model);
  known.set(model, found);
  return found;
}

export function computedKey(resource: string, name: string): string {
  return `${resource}.${name}`;
}

function allFields(model: Model): ReadonlyMap<string, ComputedField> {
  const names = new Set(
    model.resources.flatMap(({ name, calculations = [], aggregates = [] }) =>
      [...calculations, ...aggregates].map((field) => computedKey(name, field.name)),
    ),
  );
  const fields = new Map<string, ComputedField>();
  if (names.size === 0) return fields;
  const placed = Map.groupBy(expressionsOf(model), ({ path }) => JSON.stringify(path.slice(0, 3)));
  for (const resource of model.resources) {
    const { name, calculations = [], aggregates = [] } = resource;
    for (const calculation of calculations) {
      const path = [name, "calculations", calculation.name];
      fields.set(computedKey(name, calculation.name), fieldOf(calculation, path, { placed, names, leads: [] }));
    }
    for (const aggregate of aggregates) {
      const end = resourceAlong(model, resource, aggregate.path);
      const ends = [aggregate.field, ...(aggregate.order ?? []).map((part) => part.name)];
      const leads = ends.flatMap((field) => (end && field !== undefined ? [computedKey(end.name, field)] : []));
      const path = [name, "aggregates", aggregate.name];
      fields.set(computedKey(name, aggregate.name), fieldOf(aggregate, path, { placed, names, leads }));
    }
  }
  return fields;
}

function fieldOf(
  { name, column }: { readonly name: string; readonly column?: string },
  path: readonly string[],
  at: {
    readonly placed: ReadonlyMap<string, readonly PlacedExpression[]>;
    readonly names: ReadonlySet<string>;
    readonly leads: readonly string[];
  },
): ComputedField {
  const expressions = at.placed.get(JSON.stringify(path)) ?? [];
  const mentions = expressions.flatMap((expression) => usesOf(expression, at.names));
  return {
    resource: path[0] ?? "",
    name,
    path,
    ...(column === undefined ? {} : { column }),
    expressions,
    uses: [...mentions, ...at.leads.filter((key) => at.names.has(key))],
    size: 1 + expressions.reduce((sum, expression) => sum + sizeOf(expression), 0),
  };
}

/** Keys of the calculations and aggregates that an expression names, as often as it does. */
export function usesOf(placed: PlacedExpression, names: { has(key: string): boolean }): readonly string[] {
  return checkedExpression(placed).references.flatMap((reference) => {
    if (reference.kind !== "member") return [];
    const key = computedKey(reference.resource, reference.member);
    return names.has(key) ? [key] : [];
  });
}

/** How many names, literals, operators and calls there are in an expression. */
export function sizeOf(placed: PlacedExpression): number {
  const { expression } = checkedExpression(placed);
  return expression ? nodesIn(expression) : 1;
}

function nodesIn(expression: Expression): number {
  return partsOf(expression).reduce((sum, part) => sum + nodesIn(part), 1);
}
