import { optionsIn } from "../attributes/optionsIn.ts";
import type { Attribute, AttributeType, JsonValue, Resource } from "../types.ts";
import { pairUp } from "./identity.ts";
import type { AttributeOption, ModelChange } from "./ModelChange.ts";

const options: readonly AttributeOption[] = [
  "type",
  "required",
  "unique",
  "default",
  "min",
  "max",
  "minLength",
  "maxLength",
  "pattern",
  "minItems",
  "maxItems",
  "writable",
  "sensitive",
  "example",
  "describe",
  "deprecated",
];

type Owner = Pick<Resource, "name" | "attributes">;

/**
 * What became of the attributes of a resource or value object; the same ones are those in the same columns. `nameNow`
 * says what value objects are called by now: that is no change of what holds them.
 */
export function diffAttributes(
  before: Owner,
  after: Owner,
  nameNow: (valueObject: string) => string,
): readonly ModelChange[] {
  const resource = after.name;
  const column = (attribute: Attribute) => attribute.column;
  const lists = { before: before.attributes, after: after.attributes };
  const { removed, added, kept } = pairUp(lists, { before: column, after: column });
  const pathOf = (name: string) => [resource, "attributes", name];
  return [
    ...removed.map(
      (attribute) =>
        ({ kind: "attributeRemoved", path: [before.name, "attributes", attribute.name], resource, attribute }) as const,
    ),
    ...added.map(
      (attribute) => ({ kind: "attributeAdded", path: pathOf(attribute.name), resource, attribute }) as const,
    ),
    ...kept.flatMap((pair) => diffAttribute(resource, pair, nameNow)),
    ...reordered(resource, { before, after, kept }),
  ];
}

function diffAttribute(
  resource: string,
  { before, after }: { readonly before: Attribute; readonly after: Attribute },
  nameNow: (valueObject: string) => string,
): readonly ModelChange[] {
  const expected = followed(before, nameNow);
  const path = [resource, "attributes", after.name];
  const renamed = { kind: "attributeRenamed", path, resource, from: before.name, to: after.name } as const;
  const choices =
    optionsIn(before.type) !== null && optionsIn(after.type) !== null && before.type.kind === after.type.kind;
  return [
    ...(before.name === after.name ? [] : [renamed]),
    ...(choices ? diffOptions(resource, before, after) : []),
    ...options
      .filter((option) => JSON.stringify(comparable(expected, option)) !== JSON.stringify(comparable(after, option)))
      .filter((option) => !(option === "default" && followsRename(before, after)))
      .filter((option) => !(option === "example" && choices && sameExample(before, after)))
      .map(
        (option) => ({ kind: "attributeChanged", path: [...path, option], resource, option, before, after }) as const,
      ),
  ];
}

function followed(attribute: Attribute, nameNow: (valueObject: string) => string): Attribute {
  const { type } = attribute;
  return type.kind === "embed"
    ? { ...attribute, type: { ...type, valueObject: nameNow(type.valueObject) } }
    : attribute;
}

/** The options of a choice are compared one by one, so they do not count as another type. */
function comparable(attribute: Attribute, option: AttributeOption): unknown {
  const value = attribute[option];
  const isChoice = option === "type" && optionsIn(attribute.type) !== null;
  return isChoice ? `${attribute.type.kind} of options` : sortedKeys(value);
}

/** A default that names the same stored option by its new name is no change. */
function followsRename(before: Attribute, after: Attribute): boolean {
  return defaultStored(before) !== null && defaultStored(before) === defaultStored(after);
}

function sameExample(before: Attribute, after: Attribute): boolean {
  const stored = storedValue(before.type, before.example);
  return stored !== null && stored === storedValue(after.type, after.example);
}

function defaultStored({ type, default: value }: Attribute): string | null {
  return value?.kind === "literal" ? storedValue(type, value.value) : null;
}

/** A choice, or a list of them, as what is stored of it; null for other values. */
function storedValue(type: AttributeType, value: JsonValue | undefined): string | null {
  const options = optionsIn(type);
  if (options === null || value === undefined) return null;
  const names: readonly JsonValue[] = Array.isArray(value) ? value : [value];
  const stored = names.map((name) => options.find((option) => option.name === name)?.stored);
  return stored.every((each) => each !== undefined) ? JSON.stringify(stored) : null;
}

function sortedKeys(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.entries(value)
    .map(([key, item]) => [key, sortedKeys(item)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

function diffOptions(resource: string, before: Attribute, after: Attribute): readonly ModelChange[] {
  const stored = (option: { readonly stored: string }) => option.stored;
  const lists = { before: optionsIn(before.type) ?? [], after: optionsIn(after.type) ?? [] };
  const { removed, added, kept } = pairUp(lists, { before: stored, after: stored });
  const attribute = after.name;
  const path = [resource, "attributes", attribute, "options"];
  const sameOrder = kept.map((pair) => pair.before);
  const inOrder = lists.before.filter((option) => sameOrder.includes(option));
  const moved = inOrder.some((option, index) => option !== sameOrder[index]);
  return [
    ...removed.map((option) => ({ kind: "optionRemoved", path, resource, attribute, option }) as const),
    ...added.map(
      (option) => ({ kind: "optionAdded", path: [...path, option.name], resource, attribute, option }) as const,
    ),
    ...kept
      .filter((pair) => pair.before.name !== pair.after.name)
      .map((pair) => {
        const names = { from: pair.before.name, to: pair.after.name };
        return { kind: "optionRenamed", path: [...path, names.to], resource, attribute, ...names } as const;
      }),
    ...(moved ? [{ kind: "optionsReordered", path, resource, attribute } as const] : []),
  ];
}

function reordered(
  resource: string,
  {
    before,
    after,
    kept,
  }: {
    readonly before: Owner;
    readonly after: Owner;
    readonly kept: readonly { readonly before: Attribute; readonly after: Attribute }[];
  },
): readonly ModelChange[] {
  const now = kept.map((pair) => pair.before);
  const old = before.attributes.filter((attribute) => now.includes(attribute));
  if (old.every((attribute, index) => attribute === now[index])) return [];
  const names = after.attributes.map(({ name }) => name);
  return [{ kind: "attributesReordered", path: [resource, "attributes"], resource, names }];
}
