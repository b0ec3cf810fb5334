import type { Attribute } from "../types.ts";
import { describeDefault, describeType } from "./describeValue.ts";
import { differences, flag, text } from "./differences.ts";
import type { ModelChange } from "./ModelChange.ts";
import { pairs } from "./pairs.ts";

/** What became of one attribute whose column stayed. `path` is that of the attribute in the model after. */
export function diffAttribute(before: Attribute, after: Attribute, path: readonly string[]): readonly ModelChange[] {
  const renamed: readonly ModelChange[] =
    before.name === after.name ? [] : [{ kind: "attributeRenamed", path, from: before.name, to: after.name }];
  const changed = differences([
    ["type", typeOf(before, after), typeOf(after, before)],
    ["required", flag(before.required), flag(after.required)],
    ["unique", flag(before.unique), flag(after.unique)],
    ["default", describeDefault(before.default), describeDefault(after.default)],
    ["min", text(before.min), text(after.min)],
    ["max", text(before.max), text(after.max)],
    ["minLength", text(before.minLength), text(after.minLength)],
    ["maxLength", text(before.maxLength), text(after.maxLength)],
    ["pattern", text(before.pattern), text(after.pattern)],
    ["description", text(before.describe), text(after.describe)],
  ]).map((difference): ModelChange => ({ kind: "attributeChanged", path, difference }));
  return [...renamed, ...diffOptions(before, after, path), ...changed];
}

/** Two choices differ by their options, which are told one by one. */
function typeOf({ type }: Attribute, other: Attribute): string {
  return type.kind === "choice" && other.type.kind === "choice" ? "choice" : describeType(type);
}

function diffOptions(before: Attribute, after: Attribute, path: readonly string[]): readonly ModelChange[] {
  if (before.type.kind !== "choice" || after.type.kind !== "choice") return [];
  const { added, removed, kept } = pairs(before.type.options, after.type.options, ({ stored }) => stored);
  return [
    ...added.map(({ name }): ModelChange => ({ kind: "optionAdded", path, option: name })),
    ...removed.map(({ name }): ModelChange => ({ kind: "optionRemoved", path, option: name })),
    ...kept
      .filter(([was, is]) => was.name !== is.name)
      .map(([was, is]): ModelChange => ({ kind: "optionRenamed", path, from: was.name, to: is.name })),
  ];
}
