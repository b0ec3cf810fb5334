import type { Model, Relationship, Resource } from "../types.ts";
import { differences, flag, text } from "./differences.ts";
import type { ModelChange } from "./ModelChange.ts";
import { pairs } from "./pairs.ts";

interface Side {
  readonly model: Model;
  readonly resource: Resource;
}

/** What became of a resource's relationships. A belongsTo is its column, a many-to-many its join table, a hasMany the column that it mirrors. */
export function diffRelationships(before: Side, after: Side, path: readonly string[]): readonly ModelChange[] {
  const models = { before: before.model, after: after.model };
  const { added, removed, kept } = pairs(
    before.resource.relationships,
    after.resource.relationships,
    (relationship, side) => identityOf(relationship, models[side]),
  );
  const at = ({ name }: Relationship) => [...path, "relationships", name];
  return [
    ...added.map((relationship): ModelChange => ({ kind: "relationshipAdded", path: at(relationship), relationship })),
    ...removed.map(
      (relationship): ModelChange => ({ kind: "relationshipRemoved", path: at(relationship), relationship }),
    ),
    ...kept.flatMap(([was, is]) => diffRelationship([was, before.model], [is, after.model], at(is))),
  ];
}

function identityOf(relationship: Relationship, model: Model): string {
  if (relationship.kind === "belongsTo") return `belongsTo ${relationship.column}`;
  if (relationship.kind === "manyToMany") return `manyToMany ${relationship.table} ${relationship.sourceColumn}`;
  const target = resourceNamed(model, relationship.target);
  const mirrored = target?.relationships.find(({ name }) => name === relationship.via);
  const column = mirrored?.kind === "belongsTo" ? mirrored.column : relationship.via;
  return `hasMany ${target?.table ?? relationship.target} ${column}`;
}

const resourceNamed = (model: Model, name: string) => model.resources.find((resource) => resource.name === name);

type Found = readonly [relationship: Relationship, model: Model];

function diffRelationship([was, before]: Found, [is, after]: Found, path: readonly string[]): readonly ModelChange[] {
  const renamed: readonly ModelChange[] =
    was.name === is.name ? [] : [{ kind: "relationshipRenamed", path, from: was.name, to: is.name }];
  // A target that was only renamed is still the same.
  const sameTarget = resourceNamed(before, was.target)?.table === resourceNamed(after, is.target)?.table;
  const options: (readonly [string, string | null, string | null])[] = [
    ["target", sameTarget ? is.target : was.target, is.target],
    ["description", text(was.describe), text(is.describe)],
  ];
  if (was.kind === "belongsTo" && is.kind === "belongsTo") {
    options.push(
      ["required", flag(was.required), flag(is.required)],
      ["unique", flag(was.unique), flag(is.unique)],
      ["onDelete", was.onDelete, is.onDelete],
    );
  }
  return [
    ...renamed,
    ...differences(options).map((difference): ModelChange => ({ kind: "relationshipChanged", path, difference })),
  ];
}
