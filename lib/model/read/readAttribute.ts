import { defaultColumn } from "../naming/storedNames.ts";
import type { Attribute, AttributeType, JsonValue } from "../types.ts";
import { boundsKind, canonicalText } from "../values/canonicalText.ts";
import { attributeBuilders, isAttributeKind, keyKinds, optionsIndex } from "./builders.ts";
import { expectedValue } from "./expectedValue.ts";
import { numberText, plain, readBoolean, refuseKind, stringValue } from "./literals.ts";
import type { AttributeRole } from "./optionsOf.ts";
import { optionsOf } from "./optionsOf.ts";
import { present } from "./present.ts";
import type { Reading } from "./Reading.ts";
import { optionsArgument, readCall } from "./readCall.ts";
import { readDefault } from "./readDefault.ts";
import { readDeprecation } from "./readDeprecation.ts";
import { readLiteral } from "./readLiteral.ts";
import { readFlag, readLength, readNamed, readText, single } from "./readOption.ts";
import type { Property } from "./readProperties.ts";
import { readOptions } from "./readProperties.ts";
import { readTypeHead } from "./readType.ts";
import type { Expression } from "./syntax.ts";

type Options = ReadonlyMap<string, Property>;

interface At {
  readonly reading: Reading;
  readonly path: readonly string[];
  /** Of an attribute of a resource where it is absent. */
  readonly role?: AttributeRole;
}

/** Reads `decimal({ scale: 2 })`; null when it is no attribute at all. Options that cannot be read are left out. */
export function readAttribute(name: string, node: Expression, at: At): Attribute | null {
  const { reading, path } = at;
  const role = at.role ?? "attribute";
  const isKey = role === "key";
  const call = readCall(node, reading, {
    path,
    allowed: isKey ? keyKinds : attributeBuilders,
    expected: isKey ? "`uuid()`, `integer()`, `bigint()` or `text()`" : "a type, such as `text()`",
  });
  if (!call || !isAttributeKind(call.name)) return null;
  const kind = call.name;
  reading.place([...path, "type"], call.node.callee);
  const head = readTypeHead(kind, call, at);
  const object = optionsArgument(call, optionsIndex(kind), reading, path);
  const options: Options = object
    ? readOptions(object, reading, { path, allowed: optionsOf(head, role), of: isKey ? "A key" : `\`${kind}\`` })
    : new Map();
  const type = head.complete(options, at);
  const column = readNamed("column", options, at);
  return {
    name,
    column: column ?? usualColumn(name, role),
    type,
    required: isKey || readFlag("required", options, at),
    unique: isKey || readFlag("unique", options, at),
    ...readDefault(type, options.get("default"), { reading, path, role }),
    ...readBound("min", type, options, at),
    ...readBound("max", type, options, at),
    ...readLength("minLength", options, at),
    ...readLength("maxLength", options, at),
    ...readText("pattern", options, at),
    ...readLength("minItems", options, at),
    ...readLength("maxItems", options, at),
    ...readWritable(options, at),
    ...(readFlag("sensitive", options, at) ? { sensitive: true } : {}),
    ...readExample(type, options, at),
    ...readText("describe", options, at),
    ...present({
      deprecated: readDeprecation(options.get("deprecated")?.value, { reading, path: [...path, "deprecated"] }),
    }),
  };
}

/** The stored name of an attribute that says none; parts of value objects are stored under their own names. */
function usualColumn(name: string, role: AttributeRole): string {
  if (role === "part") return name;
  return role === "key" ? "id" : defaultColumn(name);
}

function readBound<K extends "min" | "max">(
  name: K,
  type: AttributeType,
  options: Options,
  { reading, path }: At,
): { readonly [key in K]?: string } {
  const option = options.get(name);
  const kind = boundsKind(type);
  if (!option || kind === null) return {};
  const isNumber = kind === "integer" || kind === "bigint" || kind === "decimal";
  const text = (kind === "integer" ? null : stringValue(option.value)) ?? (isNumber ? numberText(option.value) : null);
  const canonical = text === null ? null : canonicalText(text, kind);
  if (canonical !== null) return single(name, canonical);
  refuseKind(option.value, reading, [...path, name], `Write ${expectedValue(kind)} here.`);
  return {};
}

function readWritable(options: Options, { reading, path }: At): { readonly writable?: "readOnly" | "writeOnce" } {
  const isOn = (name: string) => {
    const option = options.get(name);
    return option ? readBoolean(option.value, reading, [...path, name]) === true : false;
  };
  const [readOnly, writeOnce] = [isOn("readOnly"), isOn("writeOnce")];
  const option = options.get("writeOnce");
  if (readOnly && writeOnce && option) {
    const message = "What is `readOnly` is never written by callers, so `writeOnce` says nothing. Remove one.";
    reading.refuse("wrong_type", option.value, [...path, "writeOnce"], message);
  }
  return readOnly ? { writable: "readOnly" } : writeOnce ? { writable: "writeOnce" } : {};
}

function readExample(type: AttributeType, options: Options, { reading, path }: At): { readonly example?: JsonValue } {
  const option = options.get("example");
  if (!option) return {};
  const at = [...path, "example"];
  const node = plain(option.value);
  if (node.type === "NullLiteral") {
    reading.refuse("wrong_type", node, at, "Leave `example` out: an empty value shows nothing.");
    return {};
  }
  const value = readLiteral(type, node, { reading, path: at });
  return value === undefined ? {} : { example: value };
}
