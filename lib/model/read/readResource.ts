import { pluralOf } from "../naming/pluralOf.ts";
import { defaultTable } from "../naming/storedNames.ts";
import type { Attribute, Index } from "../types.ts";
import { plain, readList, readString, readStrings, refuseKind } from "./literals.ts";
import type { At } from "./OptionReader.ts";
import { readItems, readSection } from "./OptionReader.ts";
import { present } from "./present.ts";
import type { Reading } from "./Reading.ts";
import type { ResourceDeclaration } from "./ResourceDeclaration.ts";
import { readActions } from "./readActions.ts";
import { readAggregate } from "./readAggregate.ts";
import { readAttribute } from "./readAttribute.ts";
import { readCalculation } from "./readCalculation.ts";
import type { Call } from "./readCall.ts";
import { optionsArgument } from "./readCall.ts";
import { featureOptions, readFeatures } from "./readFeatures.ts";
import { readPolicies } from "./readPolicies.ts";
import type { Property } from "./readProperties.ts";
import { readOptions, readProperties } from "./readProperties.ts";
import { readRelationship } from "./readRelationship.ts";
import { readResourceApi } from "./readResourceApi.ts";
import { readStates } from "./readStates.ts";
import { readUniques } from "./readUniques.ts";
import { readValidation } from "./readValidation.ts";
import { someOf } from "./someOf.ts";

/** What a resource can say, in the order in which it is written. */
export const resourceOptions: readonly string[] = [
  "describe",
  "plural",
  "table",
  "key",
  "attributes",
  "relationships",
  "calculations",
  "aggregates",
  "validations",
  "states",
  "unique",
  "indexes",
  "actions",
  "policies",
  ...featureOptions,
  "api",
];

/** The key of a resource that names none. */
export const defaultKey: Attribute = {
  name: "id",
  column: "id",
  type: { kind: "uuid" },
  required: true,
  unique: true,
  default: { kind: "uuid" },
};

/** Reads `resource("Order", { ... })`; null when not even its name can be made out. */
export function readResource(call: Call, reading: Reading): ResourceDeclaration | null {
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
    key: (key && readAttribute("id", key.value, { reading, path: [name, "key"], role: "key" })) ?? defaultKey,
    attributes: readMembers("attributes", options, { reading, path, read: readAttribute }),
    relationships: readMembers("relationships", options, { reading, path, read: readRelationship }),
    indexes: readIndexes(options.get("indexes"), reading, [name, "indexes"]),
    ...readSections(options, { reading, path }),
  };
}

/** What a resource does and who may do it; sections that say nothing are left out. */
function readSections(options: ReadonlyMap<string, Property>, { reading, path }: At) {
  const at = (option: string) => ({ reading, path: [...path, option] });
  const node = (option: string) => options.get(option)?.value;
  const [calculations, aggregates, validations, states] = sections.map(node);
  const { uniques, conditionalUniques } = readUniques(node("unique"), { reading, path });
  const { actions, definedActions } = readActions(node("actions"), at("actions"));
  const { policies, fieldPolicies } = readPolicies(node("policies"), { reading, path });
  return {
    uniques,
    actions,
    ...present({
      definedActions: someOf(definedActions),
      calculations: calculations && someOf(readSection(calculations, at("calculations"), readCalculation)),
      aggregates: aggregates && someOf(readSection(aggregates, at("aggregates"), readAggregate)),
      validations: validations && someOf(readItems(validations, at("validations"), readValidation)),
      states: states && readStates(states, at("states")),
      policies: someOf(policies),
      fieldPolicies: someOf(fieldPolicies),
      conditionalUniques: someOf(conditionalUniques),
      features: readFeatures(options, { reading, path: [...path, "features"] }),
      api: readResourceApi(node("api"), at("api")),
    }),
  };
}

const sections = ["calculations", "aggregates", "validations", "states"] as const;

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
