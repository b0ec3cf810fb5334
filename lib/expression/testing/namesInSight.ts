import type { ExpressionScope, ResourceTypes } from "../ExpressionScope.ts";
import type { ValueType } from "../ValueType.ts";

/** A piece of text that reads a value of the type. */
export interface NamedValue {
  readonly text: string;
  readonly type: ValueType;
}

/** A piece of text that leads to related records. */
export interface NamedRecords {
  readonly text: string;
  readonly resource: string;
}

export interface NamesInSight {
  /** Tells sights apart. */
  readonly key: string;
  readonly values: readonly NamedValue[];
  readonly records: readonly NamedRecords[];
}

/** The values and relationships that can be named of a resource, to-one relationships followed so many steps. */
export function namesOf(
  resource: string,
  at: { readonly prefix: string; readonly hops: number },
  resources: ResourceTypes,
): NamesInSight {
  const { prefix, hops } = at;
  const values: NamedValue[] = [];
  const records: NamedRecords[] = [];
  for (const [name, member] of resources.of(resource)?.members ?? []) {
    const text = prefix + name;
    if (member.kind === "field") values.push(...valuesWithin({ text, type: member.type }));
    else if (member.kind === "toMany") records.push({ text, resource: member.resource });
    else if (hops > 0) {
      const inner = namesOf(member.resource, { prefix: `${text}.`, hops: hops - 1 }, resources);
      values.push(...inner.values);
      records.push(...inner.records);
    }
  }
  return { key: `${prefix}${resource}`, values, records };
}

/** What the context holds. */
export function contextNames({ context }: ExpressionScope): readonly NamedValue[] {
  const clock: readonly NamedValue[] = [
    { text: "now()", type: { kind: "timestamp" } },
    { text: "today()", type: { kind: "date" } },
  ];
  return [...clock, ...[...context].flatMap(([text, type]) => valuesWithin({ text, type }))];
}

function valuesWithin(value: NamedValue): readonly NamedValue[] {
  if (value.type.kind !== "object") return [value];
  return value.type.members.flatMap(({ name, type }) => valuesWithin({ text: `${value.text}.${name}`, type }));
}
