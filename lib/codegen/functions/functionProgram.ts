import type { AppFunction } from "../../model/processTypes.ts";
import type { AttributeType, Model } from "../../model/types.ts";

/** A function as a TypeScript file of its own, in which the types of what goes in and comes out are written out. */
export interface FunctionProgram {
  readonly text: string;
  /** Where in the text the function's own text begins. */
  readonly offset: number;
}

const decimalClass = `interface Decimal {
  plus(other: DecimalLike): Decimal;
  minus(other: DecimalLike): Decimal;
  times(other: DecimalLike): Decimal;
  /** Rounded to so many digits after the point, half away from zero. */
  dividedBy(other: DecimalLike, digits?: number): Decimal;
  /** To so many digits after the point, half away from zero. */
  round(digits?: number): Decimal;
  negated(): Decimal;
  abs(): Decimal;
  compare(other: DecimalLike): -1 | 0 | 1;
  equals(other: DecimalLike): boolean;
  toString(): string;
  toJSON(): string;
}
type DecimalLike = Decimal | string | number | bigint;
declare const Decimal: { of(value: DecimalLike): Decimal };
type Json = string | number | boolean | null | readonly Json[] | { readonly [member: string]: Json };
`;

/** What the compiler is given, so that it says of a function whether it takes and returns what it declares. */
export function functionProgram({ parameters, returns, source }: AppFunction, model: Model): FunctionProgram {
  const members = parameters.map(({ name, type, required, default: fallback }) => {
    const isThere = required || fallback?.kind === "literal";
    return `readonly ${name}: ${typeText(type, model, "in")}${isThere ? "" : " | null"}`;
  });
  const result = `${typeText(returns, model, "out")} | null | undefined | void`;
  const head = `${decimalClass}const checked: (given: { ${members.join("; ")} }) => ${result} =\n`;
  return { text: `${head}${source};\nexport {};\n`, offset: head.length };
}

function typeText(type: AttributeType, model: Model, way: "in" | "out"): string {
  switch (type.kind) {
    case "integer":
      return "number";
    case "boolean":
      return "boolean";
    case "decimal":
    case "bigint":
      return way === "in" ? "string" : "string | number | Decimal";
    case "choice":
      return type.options.map(({ name }) => JSON.stringify(name)).join(" | ") || "never";
    case "json":
      return "Json";
    case "money":
      return `{ readonly amount: ${way === "in" ? "string" : "string | Decimal"}; readonly currency: string }`;
    case "list":
      return `readonly (${typeText(type.of, model, way)})[]`;
    case "vector":
      return "readonly number[]";
    case "embed": {
      const object = objectText(type.valueObject, model, way);
      return type.many ? `readonly (${object})[]` : object;
    }
    case "file":
      return "never";
    default:
      return "string";
  }
}

function objectText(name: string, model: Model, way: "in" | "out"): string {
  const object = model.valueObjects?.find((candidate) => candidate.name === name);
  const members = (object?.attributes ?? []).map((attribute) => {
    const optional = attribute.required ? "" : " | null";
    const mark = way === "out" && !attribute.required ? "?" : "";
    return `readonly ${attribute.name}${mark}: ${typeText(attribute.type, model, way)}${optional}`;
  });
  return `{ ${members.join("; ")} }`;
}
