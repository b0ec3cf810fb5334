import { defaultColumn } from "../naming/storedNames.ts";
import type { Attribute, AttributeKind, AttributeType } from "../types.ts";
import { canonicalText, isBoundedKind } from "../values/canonicalText.ts";
import type { BuilderKind } from "./builders.ts";
import { attributeBuilders, isAttributeKind, keyKinds } from "./builders.ts";
import { expectedValue } from "./expectedValue.ts";
import { numberText, readBoolean, readCount, readString, refuseKind, stringValue } from "./literals.ts";
import type { Reading } from "./Reading.ts";
import { optionsArgument, readCall } from "./readCall.ts";
import { readChoiceOptions } from "./readChoiceOptions.ts";
import { readDefault } from "./readDefault.ts";
import type { Property } from "./readProperties.ts";
import { readOptions } from "./readProperties.ts";
import type { Expression } from "./syntax.ts";

type Options = ReadonlyMap<string, Property>;

interface At {
  readonly reading: Reading;
  readonly path: readonly string[];
}

/** Reads `decimal({ scale: 2 })`; null when it is no attribute at all. Options that cannot be read are left out. */
export function readAttribute(name: string, node: Expression, at: At): Attribute | null {
  const { reading, path } = at;
  const isKey = path.at(-1) === "key";
  const call = readCall(node, reading, {
    path,
    allowed: isKey ? keyKinds : attributeBuilders,
    expected: isKey ? "`uuid()`, `integer()`, `bigint()` or `text()`" : "a type, such as `text()`",
  });
  if (!call || !isAttributeKind(call.name)) return null;
  const kind = call.name;
  reading.place([...path, "type"], call.node.callee);
  const choice = kind === "choice" ? readChoiceOptions(call, at) : null;
  const object = optionsArgument(call, kind === "choice" ? 1 : 0, reading, path);
  const options: Options = object
    ? readOptions(object, reading, { path, allowed: optionsOf(kind, isKey), of: isKey ? "A key" : `\`${kind}\`` })
    : new Map();
  const type = readType(kind, choice, options, at);
  const column = readNamed("column", options, at);
  return {
    name,
    column: column ?? (isKey ? "id" : defaultColumn(name)),
    type,
    required: isKey || readFlag("required", options, at),
    unique: isKey || readFlag("unique", options, at),
    ...readDefault(type, options.get("default"), { ...at, isKey }),
    ...readBound("min", kind, options, at),
    ...readBound("max", kind, options, at),
    ...readLength("minLength", options, at),
    ...readLength("maxLength", options, at),
    ...readText("pattern", options, at),
    ...readText("describe", options, at),
  };
}

/** The options that an attribute of the kind can have, in the order in which they are written. */
export function optionsOf(kind: AttributeKind, isKey: boolean): readonly string[] {
  return [
    "column",
    ...(kind === "decimal" ? ["precision", "scale"] : []),
    ...(isBoundedKind(kind) ? ["min", "max"] : []),
    ...(isKey ? [] : ["required"]),
    ...(isKey || kind === "json" ? [] : ["unique"]),
    "default",
    ...(kind === "text" ? ["minLength", "maxLength", "pattern"] : []),
    "describe",
  ];
}

function readType(kind: BuilderKind, choice: ReturnType<typeof readChoiceOptions> | null, options: Options, at: At) {
  if (kind === "choice") return { kind, options: choice ?? [] } satisfies AttributeType;
  if (kind !== "decimal") return { kind } satisfies AttributeType;
  const precision = readLength("precision", options, at).precision;
  const scale = readLength("scale", options, at).scale;
  return {
    kind,
    ...(precision === undefined ? {} : { precision }),
    ...(scale === undefined ? {} : { scale }),
  } satisfies AttributeType;
}

function readNamed(name: string, options: Options, { reading, path }: At): string | null {
  const option = options.get(name);
  return option ? readString(option.value, reading, [...path, name]) : null;
}

function readFlag(name: string, options: Options, { reading, path }: At): boolean {
  const option = options.get(name);
  return option ? (readBoolean(option.value, reading, [...path, name]) ?? false) : false;
}

function readText<K extends string>(name: K, options: Options, at: At): { readonly [key in K]?: string } {
  const text = readNamed(name, options, at);
  return text === null ? {} : single(name, text);
}

function readLength<K extends string>(
  name: K,
  options: Options,
  { reading, path }: At,
): { readonly [key in K]?: number } {
  const option = options.get(name);
  const count = option ? readCount(option.value, reading, [...path, name]) : null;
  return count === null ? {} : single(name, count);
}

function readBound<K extends "min" | "max">(
  name: K,
  kind: AttributeKind,
  options: Options,
  { reading, path }: At,
): { readonly [key in K]?: string } {
  const option = options.get(name);
  if (!option || !isBoundedKind(kind)) return {};
  const text = (kind === "integer" ? null : stringValue(option.value)) ?? numberText(option.value);
  const canonical = text === null ? null : canonicalText(text, kind);
  if (canonical !== null) return single(name, canonical);
  refuseKind(option.value, reading, [...path, name], `Write ${expectedValue(kind)} here.`);
  return {};
}

function single<K extends string, V>(key: K, value: V): { readonly [key in K]?: V } {
  const entry: { [key in K]?: V } = {};
  entry[key] = value;
  return entry;
}
