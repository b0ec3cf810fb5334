import type { Attribute } from "../types.ts";
import { eachAttribute } from "./eachAttribute.ts";
import type { Finding, Rule } from "./Rule.ts";
import { writtenTexts } from "./writtenTexts.ts";

/** PostgreSQL's limit for a declared precision. */
const maxPrecision = 1000;

/** Decimals have a precision that PostgreSQL knows, and their default, example and bounds fit into it. */
export const decimals: Rule = eachAttribute(({ attribute, path }) => findings(attribute, path));

function findings(attribute: Attribute, path: readonly string[]): readonly Finding[] {
  const type = attribute.type.kind === "list" ? attribute.type.of : attribute.type;
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
    ...writtenTexts(attribute).map(({ path: at, text }) => [at, text] as const),
    ...(attribute.min === undefined ? [] : [[["min"], attribute.min] as const]),
    ...(attribute.max === undefined ? [] : [[["max"], attribute.max] as const]),
  ];
  return values.flatMap(([at, value]) => {
    const message = misfit(value, precision, scale);
    return message === null ? [] : [{ code, path: [...path, ...at], message }];
  });
}

function misfit(value: string, precision: number, scale: number): string | null {
  const [whole = "", fraction = ""] = value.replace("-", "").split(".");
  if (fraction.replace(/0+$/, "").length > scale) return `Write at most ${scale} digits after the point here.`;
  const room = precision - scale;
  return whole.replace(/^0/, "").length > room ? `Write at most ${room} digits before the point here.` : null;
}
