import { arrayElements } from "./arrayLiteral.ts";

/** The text of an array of texts, some of them null, as PostgreSQL reads it. */
export function columnLiteral(values: readonly (string | null)[]): string {
  let literal = "{";
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? null;
    if (index > 0) literal += ",";
    if (value === null) literal += "NULL";
    else literal += special.test(value) ? `"${value.replace(/["\\]/g, "\\$&")}"` : `"${value}"`;
  }
  return `${literal}}`;
}

const special = /["\\]/;

/** The values of such a text as `columnLiteral` writes it. */
export function columnValues(literal: string): readonly (string | null)[] {
  // Every value but null stands in quotes, so that a bare NULL is one.
  const marked = literal.slice(1, -1).split(/("(?:[^"\\]|\\.)*")/s);
  return marked.flatMap((part, index): readonly (string | null)[] => {
    if (index % 2 === 1) return [arrayElements(`{${part}}`)?.[0] ?? ""];
    return part.split(",").flatMap((bare) => (bare === "NULL" ? [null] : []));
  });
}
