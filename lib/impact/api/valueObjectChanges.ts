import { pairUp } from "../../model/diff/identity.ts";
import type { Attribute, ValueObject } from "../../model/types.ts";
import type { ApiChange } from "./ApiChange.ts";
import type { ApiPair } from "./ApiPair.ts";
import { operationsHolding } from "./operationsOf.ts";
import { valueChanges } from "./valueChanges.ts";

/** What became of the values of several parts that records hold. */
export function valueObjectChanges(pair: ApiPair): readonly ApiChange[] {
  return pair.valueObjects.kept.flatMap(({ before, after }) => {
    const operations = operationsHolding(pair.before, before.name);
    if (operations.length === 0) return [];
    const about = { resource: before.name, action: null, operations } as const;
    const renamed: ApiChange = {
      ...about,
      kind: "resourceRenamed",
      severity: "breaking",
      field: null,
      sentence: `The value object ${before.name} is now called ${after.name}, and so are its types of GraphQL`,
    };
    return [
      ...(before.name === after.name ? [] : [renamed]),
      ...partChanges(pair, { before, after }).map((change) => ({ ...about, ...change })),
    ];
  });
}

type PartChange = Pick<ApiChange, "kind" | "severity" | "field" | "sentence">;

function partChanges(pair: ApiPair, { before, after }: { readonly before: ValueObject; readonly after: ValueObject }) {
  const name = ({ name: part }: Attribute) => part;
  const { removed, added, kept } = pairUp(
    { before: before.attributes, after: after.attributes },
    { before: name, after: name },
  );
  const isNeeded = (part: Attribute) => part.required && part.default === undefined;
  return [
    ...removed.map((part): PartChange => {
      const sentence = `${before.name}.${part.name} is gone`;
      return { kind: "fieldRemoved", severity: "breaking", field: part.name, sentence };
    }),
    ...added.map((part): PartChange => {
      const called = `${after.name}.${part.name} is new`;
      return isNeeded(part)
        ? { kind: "inputRequired", severity: "breaking", field: part.name, sentence: `${called} and has to be given` }
        : { kind: "fieldAdded", severity: "compatible", field: part.name, sentence: called };
    }),
    ...kept.flatMap((part): readonly PartChange[] => {
      const called = `${before.name}.${part.before.name}`;
      const use = { called, given: true, answered: true, valueObjectNow: pair.valueObjectNow };
      const field = part.before.name;
      const values = valueChanges(part.before, part.after, use).map((change) => ({ ...change, field }));
      const stricter =
        (!part.before.required && part.after.required) || (!isNeeded(part.before) && isNeeded(part.after));
      const sentence = `${called} is now required: requests without it are refused`;
      return stricter ? [...values, { kind: "nullRefused", severity: "breaking", field, sentence }] : values;
    }),
  ];
}
