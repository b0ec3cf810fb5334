import type { RecordPath, Related } from "../../expression/Expression.ts";
import { resourceNamed } from "../../model/expressions/resourceAlong.ts";
import { throughEnds } from "../../model/relationships/throughLinks.ts";
import type { Relationship } from "../../model/types.ts";
import { leadsTo } from "../world/environmentOf.ts";
import type { Row } from "../world/World.ts";
import { type Draft, rowOf, withField, withRow } from "./Draft.ts";
import type { Roots, Solving } from "./Solving.ts";

export interface Placed {
  readonly draft: Draft;
  /** Of the record that was reached. */
  readonly name: string;
}

/** The record that a path of to-one relationships leads to; those that are missing on the way are made. */
export function* reach(
  solving: Solving,
  draft: Draft,
  { root, relationships }: RecordPath,
  roots: Roots,
): Generator<Placed> {
  const start = roots.get(root);
  if (start !== undefined) yield* step(solving, { draft, name: start }, relationships);
}

function* step(solving: Solving, at: Placed, path: readonly string[]): Generator<Placed> {
  const [name, ...rest] = path;
  if (name === undefined) {
    yield at;
    return;
  }
  const relationship = relationshipOf(solving, at, name);
  if (!relationship) return;
  const there = rowsAlong(solving, at, relationship)[0];
  if (there?.name) {
    yield* step(solving, { draft: at.draft, name: there.name }, rest);
    return;
  }
  for (const made of add(solving, at, relationship)) yield* step(solving, made, rest);
}

function relationshipOf({ model }: Solving, { draft, name: row }: Placed, name: string): Relationship | null {
  const resource = resourceNamed(model, rowOf(draft, row)?.resource ?? "");
  return resource?.relationships.find((relationship) => relationship.name === name) ?? null;
}

function rowsAlong(solving: Solving, { draft, name }: Placed, relationship: Relationship): readonly Row[] {
  const world = solving.world(draft);
  const row = world?.named(name);
  return world && row ? leadsTo(world, row, relationship) : [];
}

/** Adds one record to which a relationship leads. */
function* add(solving: Solving, { draft, name }: Placed, relationship: Relationship): Generator<Placed> {
  const { model } = solving;
  const target = resourceNamed(model, relationship.target);
  if (!target) return;
  switch (relationship.kind) {
    case "belongsTo": {
      const made = withRow(model, draft, { resource: target, called: relationship.name });
      yield { draft: withField(made.draft, name, relationship.name, { row: made.name }), name: made.name };
      return;
    }
    case "hasOne":
    case "hasMany":
      yield withRow(model, draft, { resource: target, values: { [relationship.via]: { row: name } } });
      return;
    case "manyToMany": {
      const { through } = relationship;
      const join = through === undefined ? null : resourceNamed(model, through);
      const from = rowOf(draft, name)?.resource ?? "";
      if (!join || through === undefined) return;
      const ends = throughEnds(from, { ...relationship, through }, join);
      if (!ends.source || !ends.target) return;
      const made = withRow(model, draft, { resource: target });
      const values = { [ends.source.name]: { row: name }, [ends.target.name]: { row: made.name } };
      yield { draft: withRow(model, made.draft, { resource: join, values }).draft, name: made.name };
    }
  }
}

/** Names of the records over which a quantifier or an aggregate goes. */
export function reached(solving: Solving, draft: Draft, { from, path }: Related, roots: Roots): readonly string[] {
  const world = solving.world(draft);
  const start = world?.named(roots.get(from.root) ?? "");
  if (!world || !start) return [];
  const rows = [...from.relationships, ...path].reduce<readonly Row[]>(
    (at, name) =>
      at.flatMap((row) => {
        const relationship = row.entity.relationships.get(name);
        return relationship ? leadsTo(world, row, relationship) : [];
      }),
    [start],
  );
  return [...new Set(rows.flatMap(({ name }) => name ?? []))];
}

/** Adds one more record over which a quantifier or an aggregate goes. */
export function* addAlong(solving: Solving, draft: Draft, { from, path }: Related, roots: Roots): Generator<Placed> {
  for (const start of reach(solving, draft, from, roots)) {
    let at: Placed | null = start;
    for (const [index, name] of path.entries()) {
      if (!at) break;
      const relationship = relationshipOf(solving, at, name);
      const there: Row | undefined =
        relationship && index < path.length - 1 ? rowsAlong(solving, at, relationship)[0] : undefined;
      const next: Placed | undefined = there?.name
        ? { draft: at.draft, name: there.name }
        : relationship
          ? add(solving, at, relationship).next().value
          : undefined;
      at = next ?? null;
    }
    if (at) yield at;
  }
}

/** Takes away what a quantifier goes over, as far as records that need it not are left as they are. */
export function* emptied(solving: Solving, draft: Draft, expression: Related, roots: Roots): Generator<Draft> {
  const [last] = expression.path.slice(-1);
  const names = reached(solving, draft, expression, roots);
  if (last === undefined || names.length === 0) return;
  const kept = new Set([...roots.values(), draft.actor.row]);
  if (names.some((name) => kept.has(name))) return;
  const rows = draft.rows.filter(({ name }) => !names.includes(name));
  const isWhole = rows.every(({ values }) =>
    Object.values(values).every(
      (value) => !(typeof value === "object" && value !== null && "row" in value && names.includes(String(value.row))),
    ),
  );
  if (isWhole) yield { ...draft, rows };
}
