import { optionsIn } from "../attributes/optionsIn.ts";
import { relationshipIdentity } from "../diff/identity.ts";
import type { Model, Resource } from "../types.ts";
import type { Mentions } from "./renameMentions.ts";
import { optionsKey } from "./renameMentions.ts";

/** Which fields and options of a model are called otherwise in another; stored names tell which they are. */
export function mentionsBetween(before: Model, after: Model): Mentions {
  const tables = new Map(after.resources.map((resource) => [resource.table, resource]));
  const members = new Map<string, ReadonlyMap<string, string>>();
  const options = new Map<string, ReadonlyMap<string, string>>();
  for (const was of before.resources) {
    const is = tables.get(was.table);
    if (!is || is === was) continue;
    const renamed = changed(fieldsOf(was, before), fieldsOf(is, after));
    if (renamed.size > 0) members.set(was.name, renamed);
    const columns = new Map(is.attributes.map((attribute) => [attribute.column, attribute]));
    for (const attribute of was.attributes) {
      const stored = (type: (typeof attribute)["type"] | undefined) =>
        new Map((type ? (optionsIn(type) ?? []) : []).map((option) => [option.stored, option.name]));
      const named = changed(stored(attribute.type), stored(columns.get(attribute.column)?.type));
      if (named.size > 0) options.set(optionsKey(was.name, attribute.name), named);
    }
  }
  return { members, options };
}

/** The names of fields by what they are stored as; a value that is not stored is what it is called. */
function fieldsOf(resource: Resource, model: Model): ReadonlyMap<string, string> {
  const { attributes, relationships, calculations = [], aggregates = [] } = resource;
  return new Map([
    ...attributes.map(({ column, name }) => [`attribute ${column}`, name] as const),
    ...relationships.map((relationship) => [relationshipIdentity(relationship, model), relationship.name] as const),
    ...[...calculations, ...aggregates].flatMap(({ column, name }) =>
      column === undefined ? [] : [[`computed ${column}`, name] as const],
    ),
  ]);
}

function changed(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map(
    [...before].flatMap(([stored, name]): (readonly [string, string])[] => {
      const now = after.get(stored);
      return now === undefined || now === name ? [] : [[name, now]];
    }),
  );
}
