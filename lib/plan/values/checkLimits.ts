import { patternMatcher } from "../../expression/pattern/patternMatcher.ts";
import type { Attribute } from "../../model/types.ts";
import { isBoundedKind } from "../../model/values/canonicalText.ts";
import { compareCanonical } from "../../model/values/compareCanonical.ts";
import type { ValueRefusal } from "./readValue.ts";

/** Everything that an attribute's own limits have against a stored text of its type. */
export function checkLimits(attribute: Attribute, text: string): readonly ValueRefusal[] {
  const { type, min, max, minLength, maxLength } = attribute;
  const refusals: ValueRefusal[] = [];
  const refuse = (rule: string, message: string) => refusals.push({ rule, message });
  if (isBoundedKind(type.kind)) {
    if (min !== undefined && compareCanonical(text, min, type.kind) < 0) refuse("min", `Give at least ${min}.`);
    if (max !== undefined && compareCanonical(text, max, type.kind) > 0) refuse("max", `Give at most ${max}.`);
  }
  if (minLength !== undefined || maxLength !== undefined) {
    const length = lengthOf(text);
    if (minLength !== undefined && length < minLength) refuse("minLength", `Give at least ${characters(minLength)}.`);
    if (maxLength !== undefined && length > maxLength) {
      refuse("maxLength", `Give at most ${characters(maxLength)}; this has ${length}.`);
    }
  }
  if (attribute.pattern !== undefined && !patternMatcher(attribute.pattern)(text)) {
    refuse("pattern", `Give a text that matches the pattern ${attribute.pattern} as a whole.`);
  }
  if (type.kind === "decimal") refusals.push(...checkDigits(type, text));
  return refusals;
}

/** PostgreSQL would round what has too many digits after the point; values are exact here, so it is refused. */
function checkDigits({ precision, scale }: { precision?: number; scale?: number }, text: string): ValueRefusal[] {
  if (precision === undefined && scale === undefined) return [];
  const start = text.startsWith("-") ? 1 : 0;
  const point = text.indexOf(".");
  const wholeEnd = point < 0 ? text.length : point;
  let end = point < 0 ? wholeEnd : text.length;
  while (end > wholeEnd + 1 && text.endsWith("0", end)) end--;
  const significant = Math.max(0, end - wholeEnd - 1);
  const refusals: ValueRefusal[] = [];
  if (scale !== undefined && significant > scale) {
    refusals.push({ rule: "scale", message: `Give at most ${scale} digits after the point.` });
  }
  // Canonical decimals have no zeros in front but the one before the point.
  const whole = text[start] === "0" ? 0 : wholeEnd - start;
  const room = precision === undefined ? whole : precision - (scale ?? significant);
  if (whole > room) {
    refusals.push({ rule: "precision", message: `Give at most ${Math.max(room, 0)} digits before the point.` });
  }
  return refusals;
}

/** In code points, as PostgreSQL counts. */
function lengthOf(text: string): number {
  let length = 0;
  for (const _ of text) length++;
  return length;
}

const characters = (count: number) => (count === 1 ? "1 character" : `${count} characters`);
