import { pluralOf } from "../naming/pluralOf.ts";
import type { Attribute, Model, Relationship, Resource } from "../types.ts";
import type { MergeConflict } from "./MergeConflict.ts";
import type { MergeWords } from "./MergeWords.ts";
import { relationshipIdentity } from "./relationshipIdentity.ts";

/**
 * A merged model, in its stored form, in which no two things that the sides named alike have one name: theirs has it,
 * mine keeps the name it has on their side, or gets a number.
 */
export function withUniqueNames(
  model: Model,
  theirs: Model,
  words: MergeWords,
): { readonly model: Model; readonly conflicts: readonly MergeConflict[] } {
  const conflicts: MergeConflict[] = [];
  const tables = new Map(theirs.resources.map((resource) => [resource.table, resource]));
  const names = uniqueNames(
    model.resources.map(({ name, table }) => ({ name, theirs: tables.get(table)?.name })),
    (name, now) => conflicts.push({ path: [now], sentence: words.alike({ name, now }) }),
  );
  const resources = model.resources.map((resource, index) => {
    const [now, other] = [names[index] ?? resource.name, tables.get(resource.table)];
    const plural = now === resource.name ? resource.plural : other?.name === now ? other.plural : pluralOf(now);
    return withUniqueMembers({ ...resource, name: now, plural }, { theirs: other, conflicts, words });
  });
  return { model: { ...model, resources }, conflicts };
}

function withUniqueMembers(
  resource: Resource,
  given: {
    readonly theirs: Resource | undefined;
    readonly conflicts: MergeConflict[];
    readonly words: MergeWords;
  },
): Resource {
  const { theirs, conflicts, words } = given;
  const theirNames = new Map(membersOf(theirs).map((member) => [member.identity, member.name]));
  const members = membersOf(resource).map(({ name, identity }) => ({ name, theirs: theirNames.get(identity) }));
  const names = uniqueNames(members, (name, now) => {
    conflicts.push({ path: [resource.name, now], sentence: words.alike({ name, now, within: resource.name }) });
  });
  const count = resource.attributes.length;
  return {
    ...resource,
    attributes: resource.attributes.map((attribute, index) => named(attribute, names[index])),
    relationships: resource.relationships.map((relationship, index) => named(relationship, names[count + index])),
  };
}

function named<T extends Attribute | Relationship>(member: T, name: string | undefined): T {
  return name === undefined || name === member.name ? member : { ...member, name };
}

function membersOf(resource: Resource | undefined) {
  if (!resource) return [];
  return [
    ...resource.attributes.map(({ name, column }) => ({ name, identity: `attribute ${column}` })),
    ...resource.relationships.map((relationship) => ({
      name: relationship.name,
      identity: relationshipIdentity(relationship),
    })),
  ];
}

/** A name for each; where several have one, all but theirs get another. */
function uniqueNames(
  things: readonly { readonly name: string; readonly theirs: string | undefined }[],
  onRenamed: (name: string, now: string) => void,
): readonly string[] {
  const taken = new Set(things.filter(({ name, theirs }) => name === theirs).map(({ name }) => name));
  return things.map(({ name, theirs }) => {
    if (name === theirs) return name;
    let now = name;
    if (taken.has(now) && theirs !== undefined && !taken.has(theirs)) now = theirs;
    for (let number = 2; taken.has(now); number++) now = `${name}${number}`;
    taken.add(now);
    if (now !== name) onRenamed(name, now);
    return now;
  });
}
