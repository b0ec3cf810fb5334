import type { Index, Resource } from "../types.ts";
import type { IndexNeed, OrderField } from "./IndexNeed.ts";
import { indexableFields } from "./indexableFields.ts";
import { knownIndexes } from "./knownIndexes.ts";

/**
 * Whether an index gives the records of a list without looking at others: it begins with the fields that have one value,
 * in any order, and goes on in the order of the list, all the same way round or all the other. Records that are equal in
 * all of that are few, so that the key need not stand at its end.
 */
export function serves(index: readonly OrderField[], { equal, order }: IndexNeed): boolean {
  const fixed = new Set(equal);
  const begun = index.findIndex(({ name }) => !fixed.has(name));
  const prefix = begun < 0 ? index.length : begun;
  const rest = index.slice(prefix);
  // An order by what has one value decides nothing.
  const wanted = order.filter(({ name }) => !fixed.has(name));
  if (wanted.length === 0) return prefix > 0 || equal.length === 0;
  if (prefix < fixed.size || rest.length === 0) return false;
  const [first] = wanted;
  const turned = first?.descending !== rest[0]?.descending;
  // What an index leaves open at the end is sorted among few equals.
  return rest.every((field, at) => {
    const term = wanted[at];
    return term === undefined || (term.name === field.name && term.descending === (field.descending !== turned));
  });
}

/** The index that would serve; null where one does already or none can. */
export function proposedIndex(resource: Resource, need: IndexNeed): Index | null {
  if (knownIndexes(resource).some((index) => serves(index, need))) return null;
  const allowed = indexableFields(resource);
  const fixed = [...new Set(need.equal)].map((name) => ({ name, descending: false }));
  const fields = [...fixed, ...need.order.filter(({ name }) => !need.equal.includes(name))];
  // What comes after a field that no index can hold is of no use.
  const end = fields.findIndex(({ name }) => !allowed.has(name));
  const usable = end < 0 ? fields : fields.slice(0, end);
  const index = usable.slice(0, maxFields);
  return index.length === 0 || knownIndexes(resource).some((known) => beginsWith(known, index))
    ? null
    : { fields: index };
}

/** More make an index larger than the rows that it spares. */
const maxFields = 4;

function beginsWith(known: readonly OrderField[], index: readonly OrderField[]): boolean {
  return index.every(({ name, descending }, at) => known[at]?.name === name && known[at].descending === descending);
}
