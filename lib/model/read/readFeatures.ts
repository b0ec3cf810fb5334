import type { Features, SearchLanguage } from "../types.ts";
import { plain, readBoolean, readString, readStrings } from "./literals.ts";
import type { At } from "./OptionReader.ts";
import { OptionReader } from "./OptionReader.ts";
import { orderOf } from "./orderOf.ts";
import { present } from "./present.ts";
import { optionsArgument, readCall } from "./readCall.ts";
import type { Property } from "./readProperties.ts";
import type { Expression } from "./syntax.ts";

/** The features that a resource can have, in the order in which they are written. */
export const featureOptions = [
  "softDelete",
  "history",
  "versioned",
  "timestamps",
  "tenant",
  "search",
  "order",
  "changeFeed",
  "events",
] as const;

/** Stored names of the columns of features that name none. */
export const featureColumns = {
  softDelete: "deleted_at",
  versioned: "version",
  created: "created_at",
  updated: "updated_at",
} as const;

export const searchLanguages: readonly SearchLanguage[] = [
  "simple",
  "danish",
  "dutch",
  "english",
  "finnish",
  "french",
  "german",
  "italian",
  "norwegian",
  "portuguese",
  "spanish",
  "swedish",
];

/** Reads the features among a resource's options; undefined when it has none. */
export function readFeatures(options: ReadonlyMap<string, Property>, { reading, path }: At): Features | undefined {
  const at = (option: string): At => ({ reading, path: [...path, option] });
  const read = <T>(option: (typeof featureOptions)[number], how: (node: Expression, at: At) => T | undefined) => {
    const property = options.get(option);
    if (!property) return undefined;
    reading.place([...path, option], property.value);
    return how(property.value, at(option));
  };
  const features = present({
    softDelete: read("softDelete", readSoftDelete),
    history: read("history", (node, where) => readBoolean(node, where.reading, where.path) || undefined),
    versioned: read("versioned", readVersioned),
    timestamps: read("timestamps", readTimestamps),
    tenant: read("tenant", (node, where) => readString(node, where.reading, where.path) ?? undefined),
    search: read("search", readSearch),
    order: read("order", (node, where) => orderOf(readStrings(node, where.reading, where.path) ?? [])),
    changeFeed: read("changeFeed", (node, where) => readBoolean(node, where.reading, where.path) || undefined),
    events: read("events", (node, where) => readBoolean(node, where.reading, where.path) || undefined),
  });
  return Object.keys(features).length === 0 ? undefined : (features as Features);
}

function readSoftDelete(node: Expression, at: At): Features["softDelete"] {
  const { reading, path } = at;
  const on = readSwitch(node);
  if (on !== null) return on ? { column: featureColumns.softDelete } : undefined;
  const expected = '`true` or `softDelete({ column: "..." })`';
  const call = readCall(node, reading, { path, allowed: ["softDelete"], expected });
  if (!call) return undefined;
  const object = optionsArgument(call, 0, reading, path);
  const options = new OptionReader(object, at, { allowed: ["column"], of: "`softDelete`" });
  return { column: options.text("column") ?? featureColumns.softDelete };
}

function readVersioned(node: Expression, at: At): Features["versioned"] {
  const usual = { column: featureColumns.versioned, required: false };
  const on = readSwitch(node);
  if (on !== null) return on ? usual : undefined;
  const options = objectOptions(node, at, { allowed: ["required", "column"], of: "`versioned`" });
  if (!options) return undefined;
  return { column: options.text("column") ?? usual.column, required: options.flag("required") ?? false };
}

function readTimestamps(node: Expression, at: At): Features["timestamps"] {
  const { created, updated } = featureColumns;
  const on = readSwitch(node);
  if (on !== null) return on ? { createdColumn: created, updatedColumn: updated } : undefined;
  const options = objectOptions(node, at, { allowed: ["createdColumn", "updatedColumn"], of: "`timestamps`" });
  if (!options) return undefined;
  return {
    createdColumn: options.text("createdColumn") ?? created,
    updatedColumn: options.text("updatedColumn") ?? updated,
  };
}

function readSearch(node: Expression, at: At): Features["search"] {
  const { reading, path } = at;
  if (plain(node).type === "ArrayExpression") {
    const fields = readStrings(node, reading, path);
    return fields && fields.length > 0 ? { fields, language: "simple" } : undefined;
  }
  const expected = '`["title"]` or `search(["title"], { language: "english" })`';
  const call = readCall(node, reading, { path, allowed: ["search"], expected });
  const [first] = call?.args ?? [];
  if (!call) return undefined;
  const fields = first ? readStrings(first, reading, path) : null;
  if (!fields || fields.length === 0) {
    if (!first) reading.refuse("missing_option", call.node, path, `Write ${expected} here.`);
    return undefined;
  }
  const object = optionsArgument(call, 1, reading, path);
  const options = new OptionReader(object, at, { allowed: ["language"], of: "`search`" });
  return { fields, language: readLanguage(options) };
}

function readLanguage(options: OptionReader): SearchLanguage {
  const said = options.text("language");
  const language = searchLanguages.find((candidate) => candidate === said);
  const node = options.node("language");
  if (said !== undefined && node && !language) {
    const message = `Write one of these languages here: ${searchLanguages.join(", ")}.`;
    options.reading.refuse("wrong_type", node, [...options.path, "language"], message);
  }
  return language ?? "simple";
}

/** `true` or `false`; null for anything else. */
function readSwitch(node: Expression): boolean | null {
  const value = plain(node);
  return value.type === "BooleanLiteral" ? value.value : null;
}

function objectOptions(
  node: Expression,
  at: At,
  options: { readonly allowed: readonly string[]; readonly of: string },
): OptionReader | null {
  const object = plain(node);
  if (object.type === "ObjectExpression") return new OptionReader(object, at, options);
  readBoolean(node, at.reading, at.path);
  return null;
}
