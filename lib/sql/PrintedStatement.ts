import type { Parameter } from "./Sql.ts";

export interface PrintedStatement {
  readonly text: string;
  /** What `$1`, `$2` … stand for. */
  readonly slots: readonly ParameterSlot[];
}

export type ParameterSlot = Pick<Parameter, "index" | "encoding">;

/** The texts to send with a statement, from the values of a request. */
export function bind(
  { slots }: Pick<PrintedStatement, "slots">,
  values: readonly (string | null | readonly string[])[],
): (string | null)[] {
  return slots.map(({ index, encoding }) => {
    const value = values[index];
    if (value === undefined) throw new Error(`The statement wants a value ${index} that the plan has not.`);
    return value === null ? null : encode(value, encoding);
  });
}

function encode(value: string | readonly string[], encoding: Parameter["encoding"]): string {
  if (typeof value !== "string") return `{${value.map(quoteElement).join()}}`;
  switch (encoding) {
    case "plain":
      return value;
    case "list":
      return `{${quoteElement(value)}}`;
    case "contains":
      return `%${escapeLike(value)}%`;
    case "startsWith":
      return `${escapeLike(value)}%`;
    case "endsWith":
      return `%${escapeLike(value)}`;
  }
}

/** An element of an array literal of PostgreSQL. */
function quoteElement(text: string): string {
  return `"${text.replace(/["\\]/g, "\\$&")}"`;
}

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, "\\$&");
}
