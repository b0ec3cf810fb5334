import { pairValueObjects } from "../diff/diffValueObjects.ts";
import type { Renames } from "../edit/Renames.ts";
import type { Model, Resource } from "../types.ts";

/** Which things are called otherwise in the second model; stored names tell which they are. */
export function renamesBetween(before: Model, after: Model): Renames {
  const resources = new Map<string, string>();
  const members = new Map<string, ReadonlyMap<string, string>>();
  for (const was of before.resources) {
    const is = after.resources.find(({ table }) => table === was.table);
    if (!is) continue;
    if (is.name !== was.name) resources.set(was.name, is.name);
    const renamed = renamedMembers(was, is);
    if (renamed.size > 0) members.set(was.name, renamed);
  }
  for (const { before: was, after: is } of pairValueObjects(before, after).kept) {
    if (is.name !== was.name) resources.set(was.name, is.name);
  }
  return { resources, members };
}

function renamedMembers(before: Resource, after: Resource): ReadonlyMap<string, string> {
  const now = storedMembers(after);
  return new Map(
    [...storedMembers(before)].flatMap(([stored, name]): (readonly [string, string])[] => {
      const is = now.get(stored);
      return is === undefined || is === name ? [] : [[name, is]];
    }),
  );
}

/** What a member is stored as, to its name; a hasOne or hasMany is stored nowhere and keeps its name or is another. */
function storedMembers({ attributes, relationships }: Resource): ReadonlyMap<string, string> {
  return new Map([
    ...attributes.map(({ column, name }) => [`column ${column}`, name] as const),
    ...relationships.flatMap((relationship): (readonly [string, string])[] => {
      if (relationship.kind === "belongsTo") return [[`column ${relationship.column}`, relationship.name]];
      if (relationship.kind !== "manyToMany") return [];
      return [[`join ${relationship.table} ${relationship.sourceColumn}`, relationship.name]];
    }),
  ]);
}
