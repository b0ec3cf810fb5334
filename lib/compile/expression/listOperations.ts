import { binary, call, cast, constant, element } from "../../sql/build.ts";
import type { Expression } from "../../sql/Sql.ts";
import { listOf } from "./literalSql.ts";
import { type OperationInput, operand } from "./operands.ts";
import { isJson } from "./sqlType.ts";
import { bits32, within } from "./within.ts";

export function list({ operation, operands }: OperationInput): Expression {
  return listOf(operation.type.kind === "list" ? operation.type.of : { kind: "null" }, operands);
}

export function size(input: OperationInput): Expression {
  const name = isJsonList(input) ? "jsonb_array_length" : "cardinality";
  return cast(call(name, operand(input, 0)), "bigint");
}

export function at(input: OperationInput): Expression {
  const [items, index] = [operand(input, 0), within(cast(operand(input, 1), "numeric"), places, "integer")];
  return isJsonList(input) ? binary(items, "->", index) : element(items, binary(index, "+", constant(1)));
}

/** What arrays can be asked for; JSON would count from the end for negative numbers. */
const places = { lowest: 0n, highest: bits32.highest - 1n };

export function join(input: OperationInput): Expression {
  return call("array_to_string", operand(input, 0), operand(input, 1));
}

function isJsonList({ operation }: OperationInput): boolean {
  const type = operation.operands[0]?.type;
  return type?.kind === "list" && isJson(type.of);
}
