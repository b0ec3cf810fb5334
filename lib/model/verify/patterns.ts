import { patternMatcher } from "../../expression/pattern/patternMatcher.ts";
import { patternProblem, spelledOut } from "../../expression/pattern/patternProblem.ts";
import type { Attribute } from "../types.ts";
import { eachAttribute } from "./eachAttribute.ts";
import type { Finding, Rule } from "./Rule.ts";
import { writtenTexts, writtenWord } from "./writtenTexts.ts";

/** Patterns mean the same everywhere and cannot keep an engine busy for ever, and the default matches. */
export const patterns: Rule = eachAttribute(({ resource, attribute, path }) => findings(resource, attribute, path));

function findings(resource: string, attribute: Attribute, path: readonly string[]): readonly Finding[] {
  const { pattern, name } = attribute;
  if (pattern === undefined) return [];
  const at = [...path, "pattern"];
  const message = patternProblem(pattern);
  if (message === null) {
    const matches = patternMatcher(pattern);
    return writtenTexts(attribute)
      .filter(({ text }) => !matches(text))
      .map(({ option, path: within }) => {
        const said = `${writtenWord(option)} does not match \`pattern\`. Change one of them.`;
        return { code: "pattern", path: [...path, ...within], message: said };
      });
  }
  const better = spelledOut(pattern);
  const fixable = better !== pattern && patternProblem(better) === null && path.includes("attributes");
  const command = { type: "setAttribute", resource, attribute: name, options: { pattern: better } } as const;
  return [{ code: "pattern", path: at, message, ...(fixable ? { fix: { title: `Write ${better}`, command } } : {}) }];
}
