import type { Attribute } from "../types.ts";
import { defaultText } from "./defaultText.ts";
import { eachAttribute } from "./eachAttribute.ts";
import type { Finding, Rule } from "./Rule.ts";

/** PostgreSQL's limit for a declared precision. */
const maxPrecision = 1000;

/** Decimals have a precision that PostgreSQL knows, and their default and bounds fit into it. */
export const decimals: Rule = eachAttribute(({ attribute, path }) => findings(attribute, path));

function findings(attribute: Attribute, path: readonly string[]): readonly Finding[] {
  const { type } = attribute;
  if (type.kind !== "decimal") return [];
  const { precision, scale = 0 } = type;
  const code = "precision";
  if (precision === undefined) {
    const message = "Write `precision` too: how many digits there are in all.";
    return type.scale === undefined ? [] : [{ code, path: [...path, "scale"], message }];
  }
  if (precision < 1 || precision > maxPrecision) {
    return [{ code, path: [...path, "precision"], message: `\`precision\` is between 1 and ${maxPrecision}.` }];
  }
  if (scale > precision) {
    const message = `Of ${precision} digits in all, ${scale} cannot stand after the point. Change one of them.`;
    return [{ code, path: [...path, "scale"], message }];
  }
  const values = [
    ["default", defaultText(attribute)],
    ["min", attribute.min ?? null],
    ["max", attribute.max ?? null],
  ] as const;
  return values.flatMap(([option, value]) => {
    const message = value === null ? null : misfit(value, precision, scale);
    return message === null ? [] : [{ code, path: [...path, option], message }];
  });
}

function misfit(value: string, precision: number, scale: number): string | null {
  const [whole = "", fraction = ""] = value.replace("-", "").split(".");
  if (fraction.replace(/0+$/, "").length > scale) return `Write at most ${scale} digits after the point here.`;
  const room = precision - scale;
  return whole.replace(/^0/, "").length > room ? `Write at most ${room} digits before the point here.` : null;
}
