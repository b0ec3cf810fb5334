import type { ContextParameter, Parameter } from "./Sql.ts";

export interface PrintedStatement {
  readonly text: string;
  /** What `$1`, `$2` … stand for. */
  readonly slots: readonly ParameterSlot[];
}

export type ParameterSlot = Pick<Parameter, "index" | "encoding"> | Pick<ContextParameter, "path" | "encoding">;

export type SlotValue = string | null | readonly string[];

/** The value of the context at a path such as `["actor", "id"]`, in canonical text. */
export type ContextValues = (path: readonly string[]) => SlotValue;

/** The texts to send with a statement, from the values of a request and of its context. */
export function bind(
  { slots }: Pick<PrintedStatement, "slots">,
  values: readonly SlotValue[],
  context: ContextValues = noContext,
): (string | null)[] {
  return slots.map((slot) => {
    const value = "path" in slot ? context(slot.path) : values[slot.index];
    if (value === undefined) throw new Error("The statement wants a value that the plan has not.");
    return value === null ? null : encode(value, slot.encoding);
  });
}

const noContext: ContextValues = (path) => {
  throw new Error(`The statement wants ${path.join(".")}, which nobody gives.`);
};

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
