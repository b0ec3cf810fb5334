import { binary, call, caseOf, cast, text } from "../../sql/build.ts";
import type { Expression } from "../../sql/Sql.ts";
import { withValues } from "./bound.ts";
import { type OperationInput, operand } from "./operands.ts";
import { textToSql } from "./textToSql.ts";
import { bits64, within } from "./within.ts";

/** The canonical text of a value. */
export function toText(input: OperationInput): Expression {
  const value = operand(input, 0);
  switch (input.operation.operands[0]?.type.kind) {
    case "text":
    case "choice":
    case "money":
      return value;
    case "timestamp": {
      const local = cast(call("timezone", text("UTC"), value), "text");
      return binary(call("replace", local, text(" "), text("T")), "||", text("Z"));
    }
    case "duration":
      return withValues(input.sight.compilation, [value], (length) => {
        // PostgreSQL puts the sign before each number: `PT-1H-30M`.
        const unsigned = call("replace", cast(length, "text"), text("-"), text(""));
        const when = binary(length, "<", cast(text("0"), "interval"));
        return caseOf([{ when, value: binary(text("-"), "||", unsigned) }], cast(length, "text"));
      });
    default:
      return cast(value, "text");
  }
}

export function toInteger(input: OperationInput): Expression {
  const value = operand(input, 0);
  switch (input.operation.operands[0]?.type.kind) {
    case "integer":
      return value;
    case "decimal":
      return within(call("trunc", value), bits64, "bigint");
    default:
      return textToSql(input.sight.compilation, "integer", value);
  }
}

export function toDecimal(input: OperationInput): Expression {
  const value = operand(input, 0);
  switch (input.operation.operands[0]?.type.kind) {
    case "integer":
    case "decimal":
      return cast(value, "numeric");
    default:
      return textToSql(input.sight.compilation, "decimal", value);
  }
}

/** From a text to the operation's own type. */
export function fromText(input: OperationInput): Expression {
  const value = operand(input, 0);
  const { type, operands } = input.operation;
  return operands[0]?.type.kind === type.kind ? value : textToSql(input.sight.compilation, type.kind, value);
}
