import { patternMatcher } from "../../expression/pattern/patternMatcher.ts";
import type { Attribute, AttributeType } from "../../model/types.ts";
import { boundsKind } from "../../model/values/canonicalText.ts";
import { compareCanonical } from "../../model/values/compareCanonical.ts";
import { arrayElements } from "./arrayLiteral.ts";
import type { ValueRefusal } from "./readValue.ts";
import { amountOfStored, durationOfStored } from "./storedValue.ts";

/** More of them are a resource of their own. */
const mostItems = 10_000;

/** What limits the values of an attribute, or of an argument of an action. */
export type Limited = Pick<
  Attribute,
  "type" | "min" | "max" | "minLength" | "maxLength" | "pattern" | "minItems" | "maxItems"
>;

/** Everything that an attribute's own limits have against a stored text of its type; of a list against any of its items. */
export function checkLimits(attribute: Limited, stored: string): readonly ValueRefusal[] {
  const { type } = attribute;
  if (type.kind !== "list") return checkValue(attribute, limitedText(type, stored));
  const items = arrayElements(stored) ?? [];
  return [
    ...checkItems(attribute, items.length),
    ...items.flatMap((item) => checkValue({ ...attribute, type: type.of }, limitedText(type.of, item))),
  ];
}

/** What the number of items of a list is refused for. */
export function checkItems({ minItems, maxItems }: Limited, count: number): readonly ValueRefusal[] {
  if (minItems !== undefined && count < minItems) {
    return [{ rule: "minItems", message: `Give at least ${counted(minItems, "item")}.` }];
  }
  const most = Math.min(maxItems ?? mostItems, mostItems);
  return count > most
    ? [{ rule: "maxItems", message: `Give at most ${counted(most, "item")}; these are ${count}.` }]
    : [];
}

/** The text of a stored value that its bounds are compared with. */
function limitedText({ kind }: AttributeType, stored: string): string {
  return kind === "money" ? amountOfStored(stored) : kind === "duration" ? durationOfStored(stored) : stored;
}

function checkValue(attribute: Limited, text: string): readonly ValueRefusal[] {
  const { type, min, max, minLength, maxLength } = attribute;
  const bounds = boundsKind(type);
  const refusals: ValueRefusal[] = [];
  const refuse = (rule: string, message: string) => refusals.push({ rule, message });
  if (bounds) {
    if (min !== undefined && compareCanonical(text, min, bounds) < 0) refuse("min", `Give at least ${min}.`);
    if (max !== undefined && compareCanonical(text, max, bounds) > 0) refuse("max", `Give at most ${max}.`);
  }
  if (minLength !== undefined || maxLength !== undefined) {
    const length = lengthOf(text);
    if (minLength !== undefined && length < minLength)
      refuse("minLength", `Give at least ${counted(minLength, "character")}.`);
    if (maxLength !== undefined && length > maxLength) {
      refuse("maxLength", `Give at most ${counted(maxLength, "character")}; this has ${length}.`);
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

const counted = (count: number, word: string) => (count === 1 ? `1 ${word}` : `${count} ${word}s`);
