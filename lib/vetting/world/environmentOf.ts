import type { Expression, RecordPath } from "../../expression/Expression.ts";
import { compileExpression } from "../../expression/evaluate/compileExpression.ts";
import type { EvaluationEnvironment } from "../../expression/evaluate/EvaluationEnvironment.ts";
import { fromCanonical, fromJson } from "../../expression/fromCanonical.ts";
import type { Value } from "../../expression/Value.ts";
import type { ValueType } from "../../expression/ValueType.ts";
import { actorType } from "../../model/expressions/actorType.ts";
import { aggregateExpression, calculationExpression } from "../../model/expressions/computedExpression.ts";
import { resourceNamed } from "../../model/expressions/resourceAlong.ts";
import { valueTypeOf } from "../../model/expressions/valueTypeOf.ts";
import { foreignKeyField } from "../../model/naming/foreignKeyField.ts";
import { throughEnds } from "../../model/relationships/throughLinks.ts";
import type { Argument, Relationship } from "../../model/types.ts";
import type { Access } from "../../plan/access/Access.ts";
import { contextValue, type RequestContext } from "../../plan/access/contextValues.ts";
import type { Row, World } from "./World.ts";

/** What a test asks that a world cannot say. */
export class NotKnown extends Error {}

export interface Seen {
  readonly world: World;
  readonly request: RequestContext;
  readonly declared?: readonly Argument[];
  /** Whose eyes related records and fields are seen by; null for the app itself. */
  readonly viewer?: Access | null;
  /** What stands for a variable besides `record`. */
  readonly roots?: ReadonlyMap<string, Row>;
}

const compiled = new WeakMap<Expression, (environment: EvaluationEnvironment) => Value>();

const none: ReadonlyMap<string, Row> = new Map();

/** What an expression comes to for a record of a world. */
export function valueFor(expression: Expression, row: Row | null, seen: Seen): Value {
  let work = compiled.get(expression);
  if (!work) {
    work = compileExpression(expression);
    compiled.set(expression, work);
  }
  return work(new WorldEnvironment(row, seen));
}

class WorldEnvironment implements EvaluationEnvironment {
  readonly record: Row | null;
  readonly #seen: Seen;

  constructor(record: Row | null, seen: Seen) {
    this.record = record;
    this.#seen = seen;
  }

  context(path: readonly string[]): Value {
    const type = this.#typeOf(path);
    const value = type && contextValue(this.#seen.request, path);
    if (!type || value === null) return null;
    return typeof value === "string" ? fromCanonical(type, value) : fromJson(type, value);
  }

  field(root: unknown, path: RecordPath, name: string): Value {
    const row = this.#along(this.#rootOf(root, path), path.relationships);
    return row && this.#value(row, name);
  }

  related(root: unknown, from: RecordPath, path: readonly string[]): readonly unknown[] {
    const start = this.#along(this.#rootOf(root, from), from.relationships);
    return path.reduce<readonly Row[]>(
      (rows, name) => rows.flatMap((row) => this.#leads(row, name)),
      start ? [start] : [],
    );
  }

  #rootOf(root: unknown, path: RecordPath): Row | null {
    const bound = this.#seen.roots?.get(path.root);
    return bound ?? (root as Row | null | undefined) ?? null;
  }

  #along(row: Row | null, relationships: readonly string[]): Row | null {
    return relationships.reduce<Row | null>((at, name) => (at ? (this.#leads(at, name)[0] ?? null) : null), row);
  }

  /** The records that a relationship leads to, as far as the viewer sees them. */
  #leads(row: Row, name: string): readonly Row[] {
    const { world, viewer = null } = this.#seen;
    const relationship = row.entity.relationships.get(name);
    if (!relationship) throw new NotKnown(`${row.entity.name} has no relationship ${name}.`);
    const field = relationship.kind === "belongsTo" ? foreignKeyField(relationship) : name;
    if (viewer && !this.#isSeen(row, field)) return [];
    const rows = leadsTo(world, row, relationship);
    return viewer ? rows.filter((target) => isReadable(target, this.#seen)) : rows;
  }

  #isSeen(row: Row, field: string): boolean {
    const condition = this.#seen.viewer?.fieldRead(row.entity.name, field) ?? null;
    return condition === null || valueFor(condition, row, { ...this.#seen, viewer: null, roots: none }) === true;
  }

  #value(row: Row, name: string): Value {
    const { viewer = null, world } = this.#seen;
    if (viewer && !this.#isSeen(row, name)) return null;
    const expression = computedOf(row, name, world);
    if (expression)
      return valueFor(expression, row, { ...this.#seen, viewer: isStored(row, name) ? null : viewer, roots: none });
    const field = row.entity.fields.get(name);
    if (!field) throw new NotKnown(`${row.entity.name} has no field ${name}.`);
    return world.value(row, field);
  }

  #typeOf([root, name]: readonly string[]): ValueType | null {
    const { world, declared = [] } = this.#seen;
    switch (root) {
      case "now":
        return { kind: "timestamp" };
      case "today":
        return { kind: "date" };
      case "actor": {
        const type = actorType(world.model);
        return (type.kind === "object" && type.members.find((member) => member.name === name)?.type) || null;
      }
      case "arguments": {
        const argument = declared.find((candidate) => candidate.name === name);
        return argument ? valueTypeOf(argument.type, world.model) : null;
      }
      case "context":
        throw new NotKnown("The environment has another name in tests.");
      default:
        return null;
    }
  }
}

/** Whether policies let somebody read a record. */
export function isReadable(row: Row, { viewer = null, ...seen }: Seen): boolean {
  const condition = viewer?.rows(row.entity.name, "read") ?? null;
  return condition === null || valueFor(condition, row, { ...seen, roots: none }) === true;
}

function isStored({ entity: { resource } }: Row, name: string): boolean {
  return [...(resource.calculations ?? []), ...(resource.aggregates ?? [])].some(
    (computed) => computed.name === name && computed.column !== undefined,
  );
}

/** The expression of a calculation or an aggregate; null for other fields. */
export function computedOf(
  { entity: { resource } }: Pick<Row, "entity">,
  name: string,
  { model }: Pick<World, "model">,
): Expression | null {
  const calculation = resource.calculations?.find((candidate) => candidate.name === name);
  if (calculation) return known(calculation, () => calculationExpression(model, resource, calculation));
  const aggregate = resource.aggregates?.find((candidate) => candidate.name === name);
  return aggregate ? known(aggregate, () => aggregateExpression(model, resource, aggregate)) : null;
}

const expressions = new WeakMap<object, Expression>();

function known(part: object, make: () => Expression): Expression {
  const found = expressions.get(part) ?? make();
  expressions.set(part, found);
  return found;
}

/** The records that a relationship leads to, whoever looks. */
export function leadsTo(world: World, row: Row, relationship: Relationship): readonly Row[] {
  switch (relationship.kind) {
    case "belongsTo": {
      const field = row.entity.fields.get(foreignKeyField(relationship));
      const target = field && world.byKey(relationship.target, world.value(row, field));
      return target ? [target] : [];
    }
    case "hasOne":
    case "hasMany":
      return referring(world, row, { resource: relationship.target, via: relationship.via });
    case "manyToMany": {
      const { through } = relationship;
      if (through === undefined) return [];
      const join = resourceNamed(world.model, through);
      const ends = throughEnds(row.entity.name, { ...relationship, through }, join ?? undefined);
      if (!ends.source || !ends.target) throw new NotKnown(`The ends of ${relationship.name} are not known.`);
      const { source, target } = ends;
      return referring(world, row, { resource: through, via: source.name }).flatMap((link) =>
        leadsTo(world, link, target),
      );
    }
  }
}

function referring(world: World, row: Row, { resource, via }: { readonly resource: string; readonly via: string }) {
  const key = row.values.get("id") ?? null;
  const field = world.entity(resource).fields.get(`${via}Id`);
  return field ? world.of(resource).filter((candidate) => world.value(candidate, field) === key) : [];
}
