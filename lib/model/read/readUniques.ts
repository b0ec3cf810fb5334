import type { ConditionalUnique } from "../types.ts";
import { plain, readList, readStrings } from "./literals.ts";
import type { At } from "./OptionReader.ts";
import { readCall } from "./readCall.ts";
import { readExpressionArgument } from "./readExpression.ts";
import type { Expression } from "./syntax.ts";

export interface UniquesDeclaration {
  readonly uniques: readonly (readonly string[])[];
  readonly conditionalUniques: readonly ConditionalUnique[];
}

/** Reads `[["customer", "orderedOn"], uniqueWhen(["email"], "active")]`. */
export function readUniques(node: Expression | undefined, { reading, path: [resource = ""] }: At): UniquesDeclaration {
  const uniques: (readonly string[])[] = [];
  const conditionalUniques: ConditionalUnique[] = [];
  if (!node) return { uniques, conditionalUniques };
  reading.place([resource, "uniques"], node);
  reading.place([resource, "conditionalUniques"], node);
  for (const item of readList(node, reading, [resource, "uniques"]) ?? []) {
    if (plain(item).type === "CallExpression") {
      const path = [resource, "conditionalUniques", String(conditionalUniques.length)];
      const group = readConditional(item, { reading, path });
      if (group) conditionalUniques.push(group);
      if (group) reading.place(path, item);
      continue;
    }
    const path = [resource, "uniques", String(uniques.length)];
    const names = readStrings(item, reading, path);
    if (names === null) continue;
    reading.place(path, item);
    if (names.length > 0) uniques.push(names);
    else reading.refuse("empty_group", item, path, "Name at least one field here or remove the list.");
  }
  return { uniques, conditionalUniques };
}

function readConditional(node: Expression, at: At): ConditionalUnique | null {
  const { reading, path } = at;
  const example = 'uniqueWhen(["email"], "active")';
  const call = readCall(node, reading, { path, allowed: ["uniqueWhen"], expected: `a list or \`${example}\`` });
  if (!call) return null;
  const [first, , extra] = call.args;
  if (extra) reading.refuse("unknown_option", extra, path, "`uniqueWhen` takes nothing more. Remove this.");
  if (!first) return reading.refuse("missing_option", call.node, path, `Write it so: \`${example}\`.`);
  const fields = readStrings(first, reading, [...path, "fields"]);
  reading.place([...path, "fields"], first);
  const when = readExpressionArgument(call, 1, { ...at, example, option: "when" });
  if (fields?.length === 0) return reading.refuse("empty_group", first, path, "Name at least one field here.");
  return fields && when !== null ? { fields, when } : null;
}
