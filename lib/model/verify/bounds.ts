import type { Attribute } from "../types.ts";
import { isBoundedKind } from "../values/canonicalText.ts";
import { compareCanonical } from "../values/compareCanonical.ts";
import { defaultText } from "./defaultText.ts";
import { eachAttribute } from "./eachAttribute.ts";
import type { Finding, Rule } from "./Rule.ts";

/** PostgreSQL's limit for a text, less some room. */
const maxTextLength = 10_000_000;

/** Bounds leave room for values, and the default is within them. */
export const bounds: Rule = eachAttribute(({ attribute, path }) => [
  ...valueBounds(attribute, path),
  ...lengthBounds(attribute, path),
]);

function valueBounds(attribute: Attribute, path: readonly string[]): readonly Finding[] {
  const { min, max } = attribute;
  const { kind } = attribute.type;
  if (!isBoundedKind(kind)) return [];
  const code = "bounds";
  if (min !== undefined && max !== undefined && compareCanonical(min, max, kind) > 0) {
    return [
      { code, path: [...path, "min"], message: `No value is both at least ${min} and at most ${max}. Change one.` },
    ];
  }
  const value = defaultText(attribute);
  if (value === null) return [];
  const at = [...path, "default"];
  if (min !== undefined && compareCanonical(value, min, kind) < 0) {
    return [{ code, path: at, message: `The default is below \`min\`, ${min}. Change one of them.` }];
  }
  if (max !== undefined && compareCanonical(value, max, kind) > 0) {
    return [{ code, path: at, message: `The default is above \`max\`, ${max}. Change one of them.` }];
  }
  return [];
}

function lengthBounds(attribute: Attribute, path: readonly string[]): readonly Finding[] {
  const { minLength, maxLength } = attribute;
  const code = "bounds";
  if (maxLength === 0) return [{ code, path: [...path, "maxLength"], message: "`maxLength` is at least 1." }];
  for (const [option, length] of [
    ["minLength", minLength],
    ["maxLength", maxLength],
  ] as const) {
    if ((length ?? 0) > maxTextLength) {
      return [{ code, path: [...path, option], message: `\`${option}\` is at most ${maxTextLength}.` }];
    }
  }
  if (minLength !== undefined && maxLength !== undefined && minLength > maxLength) {
    const message = `No text has both at least ${minLength} and at most ${maxLength} characters. Change one.`;
    return [{ code, path: [...path, "minLength"], message }];
  }
  const value = attribute.type.kind === "text" ? defaultText(attribute) : null;
  if (value === null) return [];
  const length = [...value].length;
  const at = [...path, "default"];
  if (minLength !== undefined && length < minLength) {
    return [
      {
        code,
        path: at,
        message: `The default has ${length} characters, fewer than \`minLength\`. Change one of them.`,
      },
    ];
  }
  if (maxLength !== undefined && length > maxLength) {
    return [
      { code, path: at, message: `The default has ${length} characters, more than \`maxLength\`. Change one of them.` },
    ];
  }
  return [];
}
