import { actionsOf } from "#lib/model/actions/actionsOf.ts";
import { pairValueObjects, valueObjectNames } from "#lib/model/diff/diffValueObjects.ts";
import type { Attribute, Model, Relationship, Resource } from "#lib/model/types.ts";

/** What the inspector shows. */
export type Selection =
  | { readonly kind: "resource"; readonly resource: string }
  /** `resource` is its name; its parts are selected as attributes are. */
  | { readonly kind: "valueObject"; readonly resource: string }
  | { readonly kind: "attribute"; readonly resource: string; readonly name: string }
  | { readonly kind: "relationship"; readonly resource: string; readonly name: string }
  | { readonly kind: "calculation" | "aggregate" | "action"; readonly resource: string; readonly name: string };

/** What a selected thing is called in a sentence. */
export function selectionWord({ kind }: Selection): string {
  return kind === "valueObject" ? "value object" : kind;
}

export function sameSelection(a: Selection | null, b: Selection | null): boolean {
  if (a === null || b === null) return a === b;
  if (a.kind !== b.kind || a.resource !== b.resource) return false;
  return !("name" in a) || !("name" in b) || a.name === b.name;
}

/**
 * The selection in the model that came after: things are followed by their stored names, so a rename (and its undoing) keeps
 * them selected. A part that is gone leaves its resource, a resource that is gone leaves nothing.
 */
export function followSelection(selection: Selection | null, before: Model, after: Model): Selection | null {
  if (!selection) return null;
  const from = before.resources.find(({ name }) => name === selection.resource);
  const to = from && follow(from, after.resources, ({ table }) => table);
  const resource = to ?? after.resources.find(({ name }) => name === selection.resource);
  if (!resource) return followValueObject(selection, before, after);
  const name = partName(selection, from, resource);
  const found: Selection =
    name === undefined || !("name" in selection)
      ? { kind: "resource", resource: resource.name }
      : { kind: selection.kind, resource: resource.name, name };
  return sameSelection(found, selection) ? selection : found;
}

/** Value objects have no stored name: the one with the same parts is the same, then the one of the same name. */
function followValueObject(selection: Selection, before: Model, after: Model): Selection | null {
  const now = valueObjectNames(pairValueObjects(before, after))(selection.resource);
  const valueObject = after.valueObjects?.find(({ name }) => name === now);
  if (!valueObject) return null;
  const { name: resource, attributes } = valueObject;
  const part = selection.kind === "attribute" ? renamedPart(selection, before, attributes) : undefined;
  const found: Selection =
    part === undefined ? { kind: "valueObject", resource } : { kind: "attribute", resource, name: part };
  return sameSelection(found, selection) ? selection : found;
}

/** A part that is gone while another came in its place was renamed. */
function renamedPart(
  selection: Extract<Selection, { readonly kind: "attribute" }>,
  before: Model,
  after: readonly Attribute[],
): string | undefined {
  const known = named(after, selection.name);
  if (known !== undefined) return known;
  const was = before.valueObjects?.find(({ name }) => name === selection.resource)?.attributes ?? [];
  const there = after[was.findIndex(({ name }) => name === selection.name)];
  return there && was.length === after.length && !named(was, there.name) ? there.name : undefined;
}

/** What a problem's path leads to. */
export function selectionOf(path: readonly string[], model: Model): Selection | null {
  const [resource, group, name] = path;
  if (resource === undefined) return null;
  const wanted: Selection | null =
    name !== undefined && group === "attributes"
      ? { kind: "attribute", resource, name }
      : name !== undefined && group === "relationships"
        ? { kind: "relationship", resource, name }
        : name !== undefined && group === "calculations"
          ? { kind: "calculation", resource, name }
          : name !== undefined && group === "aggregates"
            ? { kind: "aggregate", resource, name }
            : name !== undefined && group === "actions"
              ? { kind: "action", resource, name }
              : { kind: "resource", resource };
  return followSelection(wanted, model, model);
}

function partName(selection: Selection, from: Resource | undefined, to: Resource): string | undefined {
  switch (selection.kind) {
    case "resource":
    case "valueObject":
      return undefined;
    case "attribute": {
      const was = from?.attributes.find(({ name }) => name === selection.name);
      return (was && follow(was, to.attributes, columnOf)?.name) ?? named(to.attributes, selection.name);
    }
    case "relationship": {
      const was = from?.relationships.find(({ name }) => name === selection.name);
      return (was && follow(was, to.relationships, storedOf)?.name) ?? named(to.relationships, selection.name);
    }
    case "calculation":
      return renamedItem(selection.name, from?.calculations, to.calculations);
    case "aggregate":
      return renamedItem(selection.name, from?.aggregates, to.aggregates);
    case "action":
      return renamedItem(selection.name, from && actionsOf(from), actionsOf(to));
  }
}

function columnOf({ column }: Attribute): string {
  return column;
}

/** What of a relationship outlives its rename; a hasOne or hasMany stores nothing, so it goes by what it mirrors. */
function storedOf(relationship: Relationship): string {
  switch (relationship.kind) {
    case "belongsTo":
      return `belongsTo ${relationship.column}`;
    case "hasOne":
    case "hasMany":
      return `${relationship.kind} ${relationship.target} ${relationship.via}`;
    case "manyToMany":
      return `manyToMany ${relationship.table} ${relationship.sourceColumn}`;
  }
}

/** The one thing with the same identity; where several claim it (a draft may be wrong) none is. */
function follow<Thing>(thing: Thing, things: readonly Thing[], identity: (thing: Thing) => string): Thing | undefined {
  const same = things.filter((candidate) => identity(candidate) === identity(thing));
  return same.length === 1 ? same[0] : undefined;
}

interface Item {
  readonly name: string;
}

/** What stores nothing of its own is followed by its place: one that is gone while another came there was renamed. */
function renamedItem(name: string, before: readonly Item[] = [], after: readonly Item[] = []): string | undefined {
  const known = named(after, name);
  if (known !== undefined || before.length !== after.length) return known;
  const there = after[before.findIndex((one) => one.name === name)];
  return there && named(before, there.name) === undefined ? there.name : undefined;
}

function named(things: readonly { readonly name: string }[], wanted: string): string | undefined {
  return things.find(({ name }) => name === wanted)?.name;
}
