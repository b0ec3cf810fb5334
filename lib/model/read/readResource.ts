import { pluralOf } from "../naming/pluralOf.ts";
import { defaultTable } from "../naming/storedNames.ts";
import type { ActionName, Attribute, Index } from "../types.ts";
import { plain, readList, readString, readStrings, refuseKind } from "./literals.ts";
import type { Reading } from "./Reading.ts";
import type { ResourceDeclaration } from "./ResourceDeclaration.ts";
import { readAttribute } from "./readAttribute.ts";
import type { Call } from "./readCall.ts";
import { optionsArgument } from "./readCall.ts";
import { readModule } from "./readModule.ts";
import type { Property } from "./readProperties.ts";
import { readOptions, readProperties } from "./readProperties.ts";
import { readRelationship } from "./readRelationship.ts";

/** What a resource can say, in the order in which it is written. */
export const resourceOptions = [
  "describe",
  "plural",
  "table",
  "key",
  "attributes",
  "relationships",
  "unique",
  "indexes",
  "actions",
] as const;

export const actionNames: readonly ActionName[] = ["read", "create", "update", "destroy"];

/** The key of a resource that names none. */
export const defaultKey: Attribute = {
  name: "id",
  column: "id",
  type: { kind: "uuid" },
  required: true,
  unique: true,
  default: { kind: "uuid" },
};

/** Reads a file under `domain/`; null when it holds no resource that could be recognised. */
export function readResource(text: string, reading: Reading): ResourceDeclaration | null {
  return readModule(text, reading, {
    builder: "resource",
    example: 'export default resource("Name", { ... })',
    read: (call) => readDeclaration(call, reading),
  });
}

function readDeclaration(call: Call, reading: Reading): ResourceDeclaration | null {
  const [first] = call.args;
  if (!first) {
    return reading.refuse("missing_option", call.node, [], 'Name the resource: `resource("Order", { ... })`.');
  }
  const name = readString(first, reading, []);
  if (name === null) return null;
  const path = [name];
  reading.place(path, first);
  const object = optionsArgument(call, 1, reading, path);
  const options = object
    ? readOptions(object, reading, { path, allowed: resourceOptions, of: "A resource" })
    : new Map<string, Property>();
  const text = (option: string) => {
    const property = options.get(option);
    return property ? readString(property.value, reading, [name, option]) : null;
  };
  const plural = text("plural") ?? pluralOf(name);
  const describe = text("describe");
  const key = options.get("key");
  return {
    name,
    plural,
    ...(describe === null ? {} : { describe }),
    table: text("table") ?? defaultTable({ plural }),
    key: (key && readAttribute("id", key.value, { reading, path: [name, "key"] })) ?? defaultKey,
    attributes: readMembers("attributes", options, { reading, path, read: readAttribute }),
    relationships: readMembers("relationships", options, { reading, path, read: readRelationship }),
    uniques: readUniques(options.get("unique"), reading, [name, "uniques"]),
    indexes: readIndexes(options.get("indexes"), reading, [name, "indexes"]),
    actions: readActions(options.get("actions"), reading, [name, "actions"]),
  };
}

interface Members<T> {
  readonly reading: Reading;
  readonly path: readonly string[];
  readonly read: (
    name: string,
    value: Property["value"],
    at: { readonly reading: Reading; readonly path: readonly string[] },
  ) => T | null;
}

function readMembers<T>(
  section: "attributes" | "relationships",
  options: ReadonlyMap<string, Property>,
  { reading, path, read }: Members<T>,
): readonly T[] {
  const option = options.get(section);
  if (!option) return [];
  const at = [...path, section];
  const node = plain(option.value);
  if (node.type !== "ObjectExpression") {
    refuseKind(node, reading, at, `Write the ${section} in \`{ }\` here.`);
    return [];
  }
  return readProperties(node, reading, at).flatMap(({ name, key, value }) => {
    if (name === "__proto__") {
      reading.refuse("reserved_name", key, at, "`__proto__` cannot be a name here. Choose another.");
      return [];
    }
    reading.place([...at, name], key);
    const member = read(name, value, { reading, path: [...at, name] });
    return member === null ? [] : [member];
  });
}

function readUniques(
  option: Property | undefined,
  reading: Reading,
  path: readonly string[],
): readonly (readonly string[])[] {
  return readGroups(option, reading, path);
}

function readIndexes(option: Property | undefined, reading: Reading, path: readonly string[]): readonly Index[] {
  return readGroups(option, reading, path).map((names) => ({
    fields: names.map((name) => ({ name: name.replace(/^-/, ""), descending: name.startsWith("-") })),
  }));
}

function readGroups(
  option: Property | undefined,
  reading: Reading,
  path: readonly string[],
): readonly (readonly string[])[] {
  if (!option) return [];
  reading.place(path, option.value);
  const groups: (readonly string[])[] = [];
  for (const item of readList(option.value, reading, path) ?? []) {
    const at = [...path, String(groups.length)];
    const names = readStrings(item, reading, at);
    if (names === null) continue;
    reading.place(at, item);
    if (names.length === 0) reading.refuse("empty_group", item, at, "Name at least one field here or remove the list.");
    else groups.push(names);
  }
  return groups;
}

function readActions(option: Property | undefined, reading: Reading, path: readonly string[]): readonly ActionName[] {
  if (!option) return actionNames;
  const node = plain(option.value);
  if (node.type !== "ObjectExpression") {
    refuseKind(node, reading, path, "Write the actions in `{ }` here, such as `{ read: {} }`.");
    return actionNames;
  }
  const options = readOptions(node, reading, { path, allowed: actionNames, of: "A resource" });
  for (const [name, { value }] of options) {
    const action = plain(value);
    if (action.type !== "ObjectExpression") refuseKind(action, reading, [...path, name], "Write `{}` here.");
    else readOptions(action, reading, { path: [...path, name], allowed: [], of: "An action" });
  }
  return actionNames.filter((name) => options.has(name));
}
