import { whiteSpace } from "../../expression/whiteSpace.ts";
import { binary, call, caseOf, cast, collate, constant, isNull, logic, text } from "../../sql/build.ts";
import type { Expression } from "../../sql/Sql.ts";
import { withValues } from "./bound.ts";
import { type OperationInput, operand } from "./operands.ts";

export function concat({ operands }: OperationInput): Expression {
  return operands.reduce((left, right) => binary(left, "||", right));
}

export function length(input: OperationInput): Expression {
  return cast(call("char_length", operand(input, 0)), "bigint");
}

export function contains(input: OperationInput): Expression {
  return binary(call("strpos", operand(input, 0), operand(input, 1)), ">", constant(0));
}

export function startsWith(input: OperationInput): Expression {
  return call("starts_with", operand(input, 0), operand(input, 1));
}

export function endsWith(input: OperationInput): Expression {
  return call("starts_with", call("reverse", operand(input, 0)), call("reverse", operand(input, 1)));
}

/** The pattern, a literal of the checked tree, has to match the whole text (lib/expression/pattern). */
export function matches(input: OperationInput): Expression {
  const pattern = input.operation.operands[1];
  if (pattern?.kind !== "literal" || typeof pattern.value !== "string") {
    throw new Error("A pattern must be a literal.");
  }
  return binary(operand(input, 0), "~", text(`^(?:${pattern.value})$`));
}

/** By the letters of Unicode, one for one, whatever the collation of the database. */
export function cased(input: OperationInput, name: "lower" | "upper"): Expression {
  return call(name, collate(operand(input, 0), "pg_c_utf8"));
}

export function trimmed(input: OperationInput): Expression {
  return call("btrim", operand(input, 0), text(whiteSpace));
}

export function replaced(input: OperationInput): Expression {
  return call("replace", operand(input, 0), operand(input, 1), operand(input, 2));
}

export function indexOf(input: OperationInput): Expression {
  const place = call("strpos", operand(input, 0), operand(input, 1));
  return binary(cast(place, "bigint"), "-", constant(1));
}

/** Longer than any text of PostgreSQL. */
const most = 1_100_000_000;

export function substring(input: OperationInput): Expression {
  const [value, start, end] = [operand(input, 0), operand(input, 1), input.operands[2]];
  const from = (position: Expression) => binary(cut(position), "+", constant(1));
  if (!end) {
    return withValues(input.sight.compilation, [start], (position) =>
      unlessNull([position], call("substr", value, from(position))),
    );
  }
  return withValues(input.sight.compilation, [start, end], (first, last) =>
    unlessNull([first, last], call("substr", call("left", value, cut(last)), from(first))),
  );
}

function cut(position: Expression): Expression {
  return cast(call("least", call("greatest", position, constant(0)), constant(most)), "integer");
}

function unlessNull(values: readonly Expression[], result: Expression): Expression {
  return caseOf([{ when: logic("or", values.map(isNull)), value: constant(null) }], result);
}
