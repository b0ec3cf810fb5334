import { hasLength } from "../read/optionsOf.ts";
import type { Attribute } from "../types.ts";
import { boundsKind } from "../values/canonicalText.ts";
import { compareCanonical } from "../values/compareCanonical.ts";
import { eachAttribute } from "./eachAttribute.ts";
import type { Finding, Rule } from "./Rule.ts";
import { writtenTexts, writtenWord } from "./writtenTexts.ts";

/** PostgreSQL's limit for a text, less some room. */
const maxTextLength = 10_000_000;

const code = "bounds";

/** Bounds leave room for values, and the default and the example are within them. */
export const bounds: Rule = eachAttribute(({ attribute, path }) => [
  ...valueBounds(attribute, path),
  ...lengthBounds(attribute, path),
]);

function valueBounds(attribute: Attribute, path: readonly string[]): readonly Finding[] {
  const { min, max, type } = attribute;
  const kind = boundsKind(type);
  if (kind === null) return [];
  if (min !== undefined && max !== undefined && compareCanonical(min, max, kind) > 0) {
    return [
      { code, path: [...path, "min"], message: `No value is both at least ${min} and at most ${max}. Change one.` },
    ];
  }
  return writtenTexts(attribute).flatMap(({ option, path: at, text }) => {
    // The bounds of money are of its amount.
    const value = type.kind === "money" ? (text.split(" ")[0] ?? text) : text;
    const word = writtenWord(option);
    if (min !== undefined && compareCanonical(value, min, kind) < 0) {
      const message = `${word} is below \`min\`, ${min}. Change one of them.`;
      return [{ code, path: [...path, ...at], message }];
    }
    if (max !== undefined && compareCanonical(value, max, kind) > 0) {
      const message = `${word} is above \`max\`, ${max}. Change one of them.`;
      return [{ code, path: [...path, ...at], message }];
    }
    return [];
  });
}

function lengthBounds(attribute: Attribute, path: readonly string[]): readonly Finding[] {
  const { minLength, maxLength, type } = attribute;
  if (!hasLength(type.kind === "list" ? type.of.kind : type.kind)) return [];
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
  return writtenTexts(attribute).flatMap(({ option, path: at, text }) => {
    const length = [...text].length;
    const word = writtenWord(option);
    if (minLength !== undefined && length < minLength) {
      const message = `${word} has ${length} characters, fewer than \`minLength\`. Change one of them.`;
      return [{ code, path: [...path, ...at], message }];
    }
    if (maxLength !== undefined && length > maxLength) {
      const message = `${word} has ${length} characters, more than \`maxLength\`. Change one of them.`;
      return [{ code, path: [...path, ...at], message }];
    }
    return [];
  });
}
