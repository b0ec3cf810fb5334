import { mentionsBetween } from "../rename/mentionsBetween.ts";
import { renameMentions } from "../rename/renameMentions.ts";
import { renameProcessNames } from "../rename/renameProcessNames.ts";
import type { Model, Resource } from "../types.ts";
import { diffApp } from "./diffApp.ts";
import { diffAttributes } from "./diffAttributes.ts";
import { diffBehaviour } from "./diffBehaviour.ts";
import { diffPrograms } from "./diffPrograms.ts";
import { diffRelationships } from "./diffRelationships.ts";
import { diffValueObjects, pairValueObjects, valueObjectNames } from "./diffValueObjects.ts";
import { pairUp, relationshipIdentity } from "./identity.ts";
import type { ModelChange } from "./ModelChange.ts";

/** What turns one model into another. Things are the same when they are stored in the same place, so renames show as such. */
export function diffModels(before: Model, after: Model): readonly ModelChange[] {
  const table = (resource: Resource) => resource.table;
  const lists = { before: before.resources, after: after.resources };
  const { removed, added, kept } = pairUp(lists, { before: table, after: table });
  const valueObjects = pairValueObjects(before, after);
  const names = { ...namesNow({ before, after, kept }), valueObjectNow: valueObjectNames(valueObjects) };
  const followed = renameMentions(before, mentionsBetween(before, after));
  const spoken = new Map(followed.resources.map((resource) => [resource.table, resource]));
  return [
    ...diffApp(before, after, names.nameNow),
    ...diffValueObjects(valueObjects),
    ...removed.map((resource) => ({ kind: "resourceRemoved", path: [resource.name], resource }) as const),
    ...added.map((resource) => ({ kind: "resourceAdded", path: [resource.name], resource }) as const),
    ...kept.flatMap((pair) => {
      if (pair.before === pair.after && before === after) return [];
      const [old, fresh] = [
        { model: before, resource: pair.before },
        { model: after, resource: pair.after },
      ];
      const then = { model: followed, resource: spoken.get(pair.before.table) ?? pair.before };
      return [...diffResource(old, fresh, names), ...diffBehaviour(then, fresh)];
    }),
    ...diffPrograms(renameProcessNames(followed, { resource: names.nameNow }), after),
  ];
}

interface Side {
  readonly model: Model;
  readonly resource: Resource;
}

interface Names {
  readonly nameNow: (resource: string) => string;
  readonly memberNow: (resource: string, member: string) => string;
  readonly valueObjectNow: (valueObject: string) => string;
}

function diffResource(before: Side, after: Side, names: Names): readonly ModelChange[] {
  const [old, fresh] = [before.resource, after.resource];
  const path = [fresh.name];
  const renamed = { kind: "resourceRenamed", path, from: old.name, to: fresh.name } as const;
  return [
    ...(old.name === fresh.name ? [] : [renamed]),
    ...(["plural", "describe", "key"] as const)
      .filter((option) => JSON.stringify(old[option]) !== JSON.stringify(fresh[option]))
      // The plural of a new name is part of the rename.
      .filter((option) => !(option === "plural" && old.name !== fresh.name))
      .map(
        (option) => ({ kind: "resourceChanged", path: [...path, option], option, before: old, after: fresh }) as const,
      ),
    ...diffAttributes(old, fresh, names.valueObjectNow),
    ...diffRelationships({ before, after, ...names }),
    ...diffActions(old, fresh),
    ...diffGroups(old, fresh, (name) => names.memberNow(old.name, name)),
  ];
}

function diffActions(before: Resource, after: Resource): readonly ModelChange[] {
  const resource = after.name;
  const path = [resource, "actions"];
  const removed = before.actions.filter((action) => !after.actions.includes(action));
  const added = after.actions.filter((action) => !before.actions.includes(action));
  return [
    ...removed.map((action) => ({ kind: "actionRemoved", path, resource, action }) as const),
    ...added.map((action) => ({ kind: "actionAdded", path: [...path, action], resource, action }) as const),
  ];
}

/** Groups are the same when they name the same fields, whatever those are called by now. */
function diffGroups(before: Resource, after: Resource, nameNow: (field: string) => string): readonly ModelChange[] {
  const resource = after.name;
  const uniques = pairUp(
    { before: before.uniques.map((names) => names.map(nameNow)), after: after.uniques },
    { before: groupText, after: groupText },
  );
  const renamed = before.indexes.map(({ fields }) => ({
    fields: fields.map(({ name, descending }) => ({ name: nameNow(name), descending })),
  }));
  const indexes = pairUp({ before: renamed, after: after.indexes }, { before: indexText, after: indexText });
  const [uniquePath, indexPath] = [
    [resource, "uniques"],
    [resource, "indexes"],
  ];
  return [
    ...uniques.removed.map((names) => ({ kind: "uniqueRemoved", path: uniquePath, resource, names }) as const),
    ...uniques.added.map((names) => ({ kind: "uniqueAdded", path: uniquePath, resource, names }) as const),
    ...indexes.removed.map((index) => ({ kind: "indexRemoved", path: indexPath, resource, index }) as const),
    ...indexes.added.map((index) => ({ kind: "indexAdded", path: indexPath, resource, index }) as const),
  ];
}

function groupText(names: readonly string[]): string {
  return JSON.stringify(names);
}

function indexText({ fields }: Resource["indexes"][number]): string {
  return JSON.stringify(fields.map(({ name, descending }) => [name, descending]));
}

function namesNow({
  before,
  after,
  kept,
}: {
  readonly before: Model;
  readonly after: Model;
  readonly kept: readonly { readonly before: Resource; readonly after: Resource }[];
}): Omit<Names, "valueObjectNow"> {
  const resources = new Map(kept.map((pair) => [pair.before.name, pair.after.name]));
  const members = new Map(kept.map((pair) => [pair.before.name, membersNow(pair, { before, after })]));
  return {
    nameNow: (resource) => resources.get(resource) ?? resource,
    memberNow: (resource, member) => members.get(resource)?.get(member) ?? member,
  };
}

function membersNow(
  pair: { readonly before: Resource; readonly after: Resource },
  models: { readonly before: Model; readonly after: Model },
): ReadonlyMap<string, string> {
  const columns = new Map(pair.after.attributes.map(({ column, name }) => [column, name]));
  const stored = new Map(
    pair.after.relationships.map((relationship) => [
      relationshipIdentity(relationship, models.after),
      relationship.name,
    ]),
  );
  const names = new Map<string, string>();
  for (const { name, column } of pair.before.attributes) names.set(name, columns.get(column) ?? name);
  for (const relationship of pair.before.relationships) {
    const now = stored.get(relationshipIdentity(relationship, models.before));
    names.set(relationship.name, now ?? relationship.name);
  }
  return names;
}
