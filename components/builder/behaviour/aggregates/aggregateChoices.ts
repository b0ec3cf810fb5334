import { aggregateType } from "#lib/model/expressions/aggregateType.ts";
import { resourceAlong } from "#lib/model/expressions/resourceAlong.ts";
import { resourceTypes } from "#lib/model/expressions/resourceTypes.ts";
import { pascalCase } from "#lib/model/naming/pascalCase.ts";
import { isToOne } from "#lib/model/relationships/isToOne.ts";
import type { Aggregate, AggregateFunction, Model, Resource } from "#lib/model/types.ts";
import { freePartName } from "../../relationshipNames.ts";

export const functionWords: readonly { readonly value: AggregateFunction; readonly label: string }[] = [
  { value: "count", label: "How many" },
  { value: "exists", label: "Whether there are any" },
  { value: "sum", label: "The sum" },
  { value: "avg", label: "The average" },
  { value: "min", label: "The least" },
  { value: "max", label: "The greatest" },
  { value: "first", label: "The first" },
  { value: "list", label: "All, as a list" },
];

export function needsField(of: AggregateFunction): boolean {
  return of !== "count" && of !== "exists";
}

/** Relationships by which a path can go on, and where each leads. */
export function nextSteps(
  model: Model,
  resource: Resource,
  path: readonly string[],
): readonly { readonly name: string; readonly target: string; readonly many: boolean }[] {
  const at = resourceAlong(model, resource, path);
  return (at?.relationships ?? []).map((one) => ({ name: one.name, target: one.target, many: !isToOne(one) }));
}

/** Whether a path leads to several records, as one of an aggregate must. */
export function leadsToMany(model: Model, resource: Resource, path: readonly string[]): boolean {
  return path.some((name, index) =>
    nextSteps(model, resource, path.slice(0, index)).some((step) => step.name === name && step.many),
  );
}

/** The paths that one most likely means: to many at once, or behind one record. */
export function likelyPaths(model: Model, resource: Resource): readonly (readonly string[])[] {
  const near = nextSteps(model, resource, []);
  const direct = near.filter(({ many }) => many).map(({ name }) => [name]);
  const behind = near
    .filter(({ many }) => !many)
    .flatMap(({ name }) =>
      nextSteps(model, resource, [name])
        .filter(({ many }) => many)
        .map((step) => [name, step.name]),
    );
  return [...direct, ...behind];
}

/** Fields at the end of a path that a function can work on. */
export function fittingFields(
  model: Model,
  resource: Resource,
  { path, function: of }: Pick<Aggregate, "path" | "function">,
): readonly string[] {
  const target = resourceAlong(model, resource, path);
  const members = target && resourceTypes(model).of(target.name)?.members;
  return [...(members ?? [])].flatMap(([name, member]) =>
    member.kind === "field" && name !== "id" && aggregateType(of, member.type) !== null ? [name] : [],
  );
}

/** The aggregate with another function or path, without what no longer fits. */
export function refitted(model: Model, resource: Resource, aggregate: Aggregate): Aggregate {
  const { field: wanted, order, where, ...rest } = aggregate;
  const fields = fittingFields(model, resource, aggregate);
  const field =
    wanted !== undefined && fields.includes(wanted) ? wanted : preferred(model, resource, aggregate, fields);
  const sorts = aggregate.function === "first" || aggregate.function === "list";
  return {
    ...rest,
    ...(needsField(aggregate.function) && field !== undefined ? { field } : {}),
    ...(where === undefined ? {} : { where }),
    ...(sorts && order ? { order } : {}),
  };
}

/** An attribute rather than a key. */
function preferred(
  model: Model,
  resource: Resource,
  { path }: Pick<Aggregate, "path">,
  fields: readonly string[],
): string | undefined {
  const target = resourceAlong(model, resource, path);
  return fields.find((name) => target?.attributes.some((attribute) => attribute.name === name)) ?? fields[0];
}

/** `dealsCount`, `dealsAmountSum`, as long as nobody chooses another. */
export function suggestedName(resource: Resource, { function: of, path, field }: Omit<Aggregate, "name">): string {
  const last = path.at(-1) ?? "records";
  const word = of === "exists" ? "" : needsField(of) ? pascalCase(of) : "Count";
  const name =
    of === "exists" ? `has${pascalCase(last)}` : `${last}${field === undefined ? "" : pascalCase(field)}${word}`;
  return freePartName(resource, name);
}

/** Names by which the records at the end of a path can be sorted. */
export function sortableFields(model: Model, resource: Resource, path: readonly string[]): readonly string[] {
  return fittingFields(model, resource, { path, function: "min" });
}
