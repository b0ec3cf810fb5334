import type { Constant } from "../../plan/types.ts";
import { as, binary, cast, text } from "../../sql/build.ts";
import type { Expression, SelectColumn } from "../../sql/Sql.ts";

/** A member of a JSON object that is put together of several columns. */
export type JsonPart =
  | { readonly kind: "value"; readonly as: string; readonly type: JsonType; readonly expression: Expression }
  | { readonly kind: "object"; readonly as: string; readonly parts: readonly JsonPart[] }
  | Constant;

/** What a column holds: finished JSON, a text that needs quotes but no escapes, a truth value or a number. */
export type JsonType = "json" | "token" | "boolean" | "number";

/**
 * How the JSON of an answer is put together from the columns of its one row: pieces of text, and numbers of columns
 * whose bytes go between them (`null` where a column is null). An object around the list made by PostgreSQL itself costs
 * it some 6 % (docs/decisions/0008).
 */
export type Frame = readonly (string | number)[];

export interface FramedColumns {
  readonly frame: Frame;
  readonly columns: readonly SelectColumn[];
}

export function frameObject(parts: readonly JsonPart[]): FramedColumns {
  const frame: (string | number)[] = [];
  const columns: SelectColumn[] = [];
  const write = (piece: string) => {
    const last = frame.at(-1);
    if (typeof last === "string") frame[frame.length - 1] = last + piece;
    else frame.push(piece);
  };
  const member = (part: JsonPart) => {
    write(`${JSON.stringify(part.as)}:`);
    if (part.kind === "constant") write(JSON.stringify(part.value));
    else if (part.kind === "object") object(part.parts);
    else if (part.expression.kind === "constant") write(String(part.expression.value));
    else frame.push(columns.push(as(`part${columns.length + 1}`, printed(part.type, part.expression))) - 1);
  };
  const object = (members: readonly JsonPart[]) => {
    write("{");
    members.forEach((part, index) => {
      if (index > 0) write(",");
      member(part);
    });
    write("}");
  };
  object(parts);
  return { frame, columns };
}

function printed(type: JsonType, expression: Expression): Expression {
  switch (type) {
    case "json":
    case "number":
      return expression;
    case "boolean":
      return cast(expression, "text");
    case "token":
      return binary(binary(text('"'), "||", expression), "||", text('"'));
  }
}
