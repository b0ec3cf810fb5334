import { fileOf } from "../naming/fileOf.ts";
import type { Attribute, Model } from "../types.ts";
import type { MergeConflict } from "./MergeConflict.ts";
import type { MergeWords } from "./MergeWords.ts";

/** A merged model in which no value object is called as a resource is: one that both sides made anew gets a number. */
export function withUniqueValueObjects(
  model: Model,
  words: MergeWords,
): {
  readonly model: Model;
  readonly conflicts: readonly MergeConflict[];
} {
  const { resources, valueObjects = [] } = model;
  const files = new Set(resources.map(({ name }) => fileOf(name)));
  const clashing = valueObjects.filter(({ name }) => files.has(fileOf(name)));
  if (clashing.length === 0) return { model, conflicts: [] };
  for (const { name } of valueObjects) files.add(fileOf(name));
  const names = new Map<string, string>();
  for (const { name } of clashing) {
    let number = 2;
    while (files.has(fileOf(`${name}${number}`))) number++;
    files.add(fileOf(`${name}${number}`));
    names.set(name, `${name}${number}`);
  }
  const now = (name: string) => names.get(name) ?? name;
  const embedded = (attribute: Attribute): Attribute =>
    attribute.type.kind === "embed"
      ? { ...attribute, type: { ...attribute.type, valueObject: now(attribute.type.valueObject) } }
      : attribute;
  return {
    model: {
      ...model,
      resources: resources.map((one) => ({ ...one, attributes: one.attributes.map(embedded) })),
      valueObjects: valueObjects.map((one) => ({
        ...one,
        name: now(one.name),
        attributes: one.attributes.map(embedded),
      })),
    },
    conflicts: [...names].map(([name, to]) => ({
      path: [to],
      sentence: words.alike({ name, now: to, what: "the value object" }),
    })),
  };
}
