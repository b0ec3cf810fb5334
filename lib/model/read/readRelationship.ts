import { defaultForeignKey } from "../naming/storedNames.ts";
import type { BelongsTo, OnDelete } from "../types.ts";
import { relationshipBuilders } from "./builders.ts";
import { readBoolean, readString } from "./literals.ts";
import { present } from "./present.ts";
import type { Reading } from "./Reading.ts";
import type { ManyToManyDeclaration, RelationshipDeclaration } from "./ResourceDeclaration.ts";
import type { Call } from "./readCall.ts";
import { optionsArgument, readCall } from "./readCall.ts";
import { readDeprecation } from "./readDeprecation.ts";
import type { Property } from "./readProperties.ts";
import { readOptions } from "./readProperties.ts";
import type { Expression } from "./syntax.ts";

const onDeleteChoices: readonly OnDelete[] = ["restrict", "cascade", "setNull"];

/** The options of each kind, in the order in which they are written. */
export const relationshipOptions = {
  belongsTo: ["required", "unique", "onDelete", "column", "describe", "deprecated"],
  hasOne: ["via", "describe", "deprecated"],
  hasMany: ["via", "describe", "deprecated"],
  manyToMany: ["through", "via", "targetVia", "table", "column", "targetColumn", "describe", "deprecated"],
} as const satisfies Record<RelationshipDeclaration["kind"], readonly string[]>;

interface At {
  readonly reading: Reading;
  readonly path: readonly string[];
}

/** Reads `belongsTo("Customer", { required: true })`; null when it is no relationship at all. */
export function readRelationship(name: string, node: Expression, at: At): RelationshipDeclaration | null {
  const { reading, path } = at;
  const expected = 'a relationship, such as `belongsTo("Customer")`';
  const call = readCall(node, reading, { path, allowed: relationshipBuilders, expected });
  const kind = relationshipBuilders.find((builder) => builder === call?.name);
  if (!call || !kind) return null;
  reading.place([...path, "kind"], call.node.callee);
  const target = readTarget(call, at);
  const object = optionsArgument(call, 1, reading, path);
  const allowed = relationshipOptions[kind];
  const options = object
    ? readOptions(object, reading, { path, allowed, of: `\`${kind}\`` })
    : new Map<string, Property>();
  const describe = text("describe", options, at);
  const deprecated = readDeprecation(options.get("deprecated")?.value, { reading, path: [...path, "deprecated"] });
  const base = { name, target, ...(describe === null ? {} : { describe }), ...present({ deprecated }) };
  switch (kind) {
    case "belongsTo":
      return { ...base, ...readBelongsTo(name, options, at) };
    case "hasOne":
    case "hasMany": {
      const via = text("via", options, at);
      if (via === null && !options.has("via")) {
        const example = `${kind}("${target || "Order"}", { via: "..." })`;
        reading.refuse("missing_option", call.node, path, `Name the belongsTo that this mirrors: \`${example}\`.`);
      }
      return { kind, ...base, via: via ?? "" };
    }
    case "manyToMany":
      return { ...base, ...readManyToMany(options, at) };
  }
}

function readTarget(call: Call, { reading, path }: At): string {
  const [first] = call.args;
  const at = [...path, "target"];
  if (!first) {
    const message = `Name the resource it leads to: \`${call.name}("Customer")\`.`;
    reading.refuse("missing_option", call.node, at, message);
    return "";
  }
  reading.place(at, first);
  return readString(first, reading, at) ?? "";
}

function readBelongsTo(
  name: string,
  options: ReadonlyMap<string, Property>,
  at: At,
): Omit<BelongsTo, "name" | "target"> {
  return {
    kind: "belongsTo",
    column: text("column", options, at) ?? defaultForeignKey(name),
    required: flag("required", options, at),
    unique: flag("unique", options, at),
    onDelete: readOnDelete(options, at),
  };
}

function readOnDelete(options: ReadonlyMap<string, Property>, at: At): OnDelete {
  const said = text("onDelete", options, at);
  const option = options.get("onDelete");
  const choice = onDeleteChoices.find((candidate) => candidate === said);
  if (said !== null && option && !choice) {
    const message = 'Write "restrict", "cascade" or "setNull" here.';
    at.reading.refuse("wrong_type", option.value, [...at.path, "onDelete"], message);
  }
  return choice ?? "restrict";
}

function readManyToMany(
  options: ReadonlyMap<string, Property>,
  at: At,
): Omit<ManyToManyDeclaration, "name" | "target" | "describe" | "deprecated"> {
  const [through, via, targetVia, table, column, targetColumn] = manyToManyTexts.map(
    (name) => text(name, options, at) ?? undefined,
  );
  refuseStoredNames(options, at);
  if (through === undefined) {
    const option = options.get("targetVia");
    const message = "Only a manyToMany `through` another resource has `targetVia`. Leave it out here.";
    if (option) at.reading.refuse("unknown_option", option.key, [...at.path, "targetVia"], message);
    return { kind: "manyToMany", ...present({ via, table, column, targetColumn }) };
  }
  return { kind: "manyToMany", through, ...present({ sourceVia: via, targetVia }) };
}

const manyToManyTexts = ["through", "via", "targetVia", "table", "column", "targetColumn"] as const;

/** Stored names stand on one side, or with the resource of the links. */
function refuseStoredNames(options: ReadonlyMap<string, Property>, at: At): void {
  const elsewhere = options.has("through")
    ? "The resource that `through` names"
    : options.has("via")
      ? "The side that `via` names"
      : null;
  if (elsewhere === null) return;
  for (const name of ["table", "column", "targetColumn"]) {
    const option = options.get(name);
    const message = `${elsewhere} says the ${name === "table" ? "table" : "columns"}. Leave \`${name}\` out here.`;
    if (option) at.reading.refuse("unknown_option", option.key, [...at.path, name], message);
  }
}

function text(name: string, options: ReadonlyMap<string, Property>, { reading, path }: At): string | null {
  const option = options.get(name);
  return option ? readString(option.value, reading, [...path, name]) : null;
}

function flag(name: string, options: ReadonlyMap<string, Property>, { reading, path }: At): boolean {
  const option = options.get(name);
  return option ? (readBoolean(option.value, reading, [...path, name]) ?? false) : false;
}
