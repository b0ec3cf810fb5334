import type { JsonValue } from "../types.ts";
import { eachAttribute } from "./eachAttribute.ts";
import type { Rule } from "./Rule.ts";

/** The limit of pgvector. */
const maxDimensions = 16_000;

/** Vectors have a number of dimensions that can be kept, and their example has so many. */
export const vectors: Rule = eachAttribute(({ attribute: { type, example }, path }) => {
  if (type.kind !== "vector") return [];
  const { dimensions } = type;
  const code = "vector";
  if (dimensions < 1 || dimensions > maxDimensions) {
    return [{ code, path: [...path, "dimensions"], message: `A vector has 1 to ${maxDimensions} numbers.` }];
  }
  if (example === undefined || isVector(example, dimensions)) return [];
  const message = `Write a list of ${dimensions} numbers here, or leave \`example\` out.`;
  return [{ code, path: [...path, "example"], message }];
});

function isVector(value: JsonValue, dimensions: number): boolean {
  return Array.isArray(value) && value.length === dimensions && value.every((item) => typeof item === "number");
}
