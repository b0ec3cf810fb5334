import { eachAttribute } from "./eachAttribute.ts";
import type { Rule } from "./Rule.ts";

const maxLength = 100;
const maxDigits = 18;

/** The pattern of a sequence has one number, at most one year, and nothing else in braces. */
export const sequences: Rule = eachAttribute(({ attribute: { type }, path }) => {
  if (type.kind !== "sequence") return [];
  const message = patternFault(type.pattern);
  return message === null ? [] : [{ code: "sequence", path: [...path, "pattern"], message }];
});

function patternFault(pattern: string): string | null {
  if (pattern.length > maxLength || pattern.includes("\u0000")) {
    return `A pattern has at most ${maxLength} characters, NUL not among them.`;
  }
  const parts = pattern.match(/\{[^{}]*\}/g) ?? [];
  const numbers = parts.filter((part) => /^\{0+\}$/.test(part));
  const years = parts.filter((part) => part === "{year}");
  const strange = parts.find((part) => !numbers.includes(part) && part !== "{year}");
  if (strange !== undefined) {
    return `\`${strange}\` means nothing here. Write \`{0000}\` for the number or \`{year}\` for the year.`;
  }
  if (/[{}]/.test(pattern.replaceAll(/\{[^{}]*\}/g, ""))) return "A brace is open here or closed twice. Mend it.";
  if (numbers.length !== 1) return "Write the number once, with as many zeros as it has digits: `{0000}`.";
  if (years.length > 1) return "Write `{year}` once.";
  return (numbers[0] ?? "").length > maxDigits + 2 ? `A number has at most ${maxDigits} digits.` : null;
}
