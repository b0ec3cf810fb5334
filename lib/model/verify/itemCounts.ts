import type { Attribute } from "../types.ts";
import { eachAttribute } from "./eachAttribute.ts";
import type { Finding, Rule } from "./Rule.ts";

/** More items are a resource of their own. */
const maxListItems = 10_000;

const code = "bounds";

/** Lists say a number of items that there can be, and their default and example have so many. */
export const itemCounts: Rule = eachAttribute(({ attribute, path }) => findings(attribute, path));

function findings(attribute: Attribute, path: readonly string[]): readonly Finding[] {
  const { minItems, maxItems, type } = attribute;
  if (type.kind === "embed" && type.many !== true) {
    const option = minItems === undefined ? "maxItems" : "minItems";
    if (minItems === undefined && maxItems === undefined) return [];
    const message = `Only a list has \`${option}\`. Write \`many: true\` too, or leave it out.`;
    return [{ code: "unknown_option", path: [...path, option], message }];
  }
  if (maxItems === 0) return [{ code, path: [...path, "maxItems"], message: "`maxItems` is at least 1." }];
  for (const [option, count] of [
    ["minItems", minItems],
    ["maxItems", maxItems],
  ] as const) {
    if ((count ?? 0) <= maxListItems) continue;
    const message = `\`${option}\` is at most ${maxListItems}. Make a resource of what there are more of.`;
    return [{ code, path: [...path, option], message }];
  }
  if (minItems !== undefined && maxItems !== undefined && minItems > maxItems) {
    const message = `No list has both at least ${minItems} and at most ${maxItems} items. Change one.`;
    return [{ code, path: [...path, "minItems"], message }];
  }
  return writtenLists(attribute).flatMap(([option, count]) => {
    const word = option === "default" ? "The default" : "The example";
    const at = [...path, option];
    if (minItems !== undefined && count < minItems) {
      return [{ code, path: at, message: `${word} has ${count} items, fewer than \`minItems\`. Change one of them.` }];
    }
    if (count > (maxItems ?? maxListItems)) {
      return [{ code, path: at, message: `${word} has ${count} items, more than \`maxItems\`. Change one of them.` }];
    }
    return [];
  });
}

function writtenLists({ default: value, example, type }: Attribute): readonly (readonly [string, number])[] {
  if (type.kind !== "list" && type.kind !== "embed") return [];
  const literal = value?.kind === "literal" ? value.value : undefined;
  return [
    ...(Array.isArray(literal) ? [["default", literal.length] as const] : []),
    ...(Array.isArray(example) ? [["example", example.length] as const] : []),
  ];
}
