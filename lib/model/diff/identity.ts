import type { Model, Relationship } from "../types.ts";

/** The identity of a relationship: where it is stored, not what it is called. */
export function relationshipIdentity(relationship: Relationship, model: Model): string {
  switch (relationship.kind) {
    case "belongsTo":
      return JSON.stringify(["belongsTo", relationship.column]);
    case "manyToMany":
      return JSON.stringify(["manyToMany", relationship.table, relationship.sourceColumn]);
    case "hasOne":
    case "hasMany": {
      const target = model.resources.find(({ name }) => name === relationship.target);
      const via = target?.relationships.find(({ name }) => name === relationship.via);
      const column = via?.kind === "belongsTo" ? via.column : null;
      return column === null
        ? JSON.stringify([relationship.kind, "unknown", relationship.target, relationship.via])
        : JSON.stringify([relationship.kind, target?.table, column]);
    }
  }
}

export interface Pairing<T> {
  readonly removed: readonly T[];
  readonly added: readonly T[];
  readonly kept: readonly { readonly before: T; readonly after: T }[];
}

/** Matches the parts of two lists by identity; where several share one, the first of each are matched. */
export function pairUp<T>(
  { before, after }: { readonly before: readonly T[]; readonly after: readonly T[] },
  identity: { readonly before: (part: T) => string; readonly after: (part: T) => string },
): Pairing<T> {
  const waiting = new Map<string, T[]>();
  for (const part of before) waiting.set(identity.before(part), [...(waiting.get(identity.before(part)) ?? []), part]);
  const added: T[] = [];
  const kept: { readonly before: T; readonly after: T }[] = [];
  for (const part of after) {
    const match = waiting.get(identity.after(part))?.shift();
    if (match === undefined) added.push(part);
    else kept.push({ before: match, after: part });
  }
  const matched = new Set(kept.map((pair) => pair.before));
  return { removed: before.filter((part) => !matched.has(part)), added, kept };
}
