import type { Expression as Checked } from "../../expression/Expression.ts";
import type { OperatorName } from "../../expression/operators.ts";
import {
  anyOf,
  as,
  binary,
  caseOf,
  column,
  constant,
  exists,
  isNotNull,
  isNull,
  logic,
  not,
  select,
  text,
} from "../../sql/build.ts";
import type { BinaryOperator, Expression } from "../../sql/Sql.ts";
import { withValues } from "./bound.ts";
import { storedChoice } from "./fieldSql.ts";
import { inOrder } from "./inOrder.ts";
import { literalSql } from "./literalSql.ts";
import { amountOf, currencyOf } from "./money.ts";
import { type OperationInput, operand } from "./operands.ts";

const symbols: Readonly<Partial<Record<OperatorName, BinaryOperator>>> = {
  equal: "=",
  notEqual: "<>",
  less: "<",
  lessOrEqual: "<=",
  greater: ">",
  greaterOrEqual: ">=",
};

export function comparison(input: OperationInput): Expression {
  const { operator, operands } = input.operation;
  const symbol = symbols[operator];
  if (!symbol) throw new Error(`${operator} compares nothing.`);
  const kind = (operands[0]?.type.kind === "null" ? operands[1] : operands[0])?.type.kind;
  const [left, right] = [operand(input, 0), operand(input, 1)];
  if (kind === "money") return moneyComparison(input, symbol);
  if (kind === "choice") return choiceComparison(input, symbol) ?? binary(left, symbol, right);
  const isOrder = symbol !== "=" && symbol !== "<>";
  return kind === "text" && isOrder
    ? binary(inOrder("text", left), symbol, inOrder("text", right))
    : binary(left, symbol, right);
}

/** Amounts of one currency have an order; those of two are at least not equal. */
function moneyComparison({ sight, operands }: OperationInput, symbol: BinaryOperator): Expression {
  return withValues(sight.compilation, operands, (left, right) => {
    const [one, other] = [left ?? constant(null), right ?? constant(null)];
    const sameCurrency = binary(currencyOf(one), "=", currencyOf(other));
    const compared = binary(amountOf(one), symbol, amountOf(other));
    if (symbol === "=") return logic("and", [sameCurrency, compared]);
    if (symbol === "<>") return logic("or", [not(sameCurrency), compared]);
    return caseOf([{ when: sameCurrency, value: compared }], constant(null));
  });
}

/** A renamed option is sought by what is stored, so that an index on the column serves. */
function choiceComparison({ sight, operation }: OperationInput, symbol: BinaryOperator): Expression | null {
  const [one, other] = operation.operands;
  if (!one || !other) return null;
  const [field, option] = one.kind === "literal" ? [other, one] : [one, other];
  const choice = option.kind === "literal" && typeof option.value === "string" ? storedChoice(sight, field) : null;
  const stored = choice?.storedOf(String(option.kind === "literal" ? option.value : ""));
  return choice && stored !== undefined && stored !== null ? binary(choice.stored, symbol, text(stored)) : null;
}

/** `in(value, list)`; a choice is sought by what is stored where all the options are known. */
export function isIn(input: OperationInput): Expression {
  const { sight, operation } = input;
  const [value, list] = operation.operands;
  if (!value || !list) throw new Error("in lacks an operand.");
  const kind = value.type.kind;
  if (kind === "money") return moneyIn(input);
  if (kind === "choice") {
    const choice = storedChoice(sight, value);
    const names = choice && optionNames(list);
    const stored = names?.map((name) => (name === null ? null : (choice?.storedOf(name) ?? null)));
    if (choice && names && stored?.every((option, index) => option !== null || names[index] === null)) {
      return anyOf(choice.stored, literalSql({ kind: "list", of: { kind: "text" } }, stored));
    }
  }
  return anyOf(operand(input, 0), operand(input, 1));
}

/** The names in a list of literals; null where the list is something else. */
function optionNames(list: Checked): readonly (string | null)[] | null {
  const values =
    list.kind === "literal"
      ? list.value
      : list.kind === "operation" && list.operator === "list"
        ? list.operands.map((item) => (item.kind === "literal" ? item.value : undefined))
        : null;
  if (!Array.isArray(values)) return null;
  return values.every((value) => value === null || typeof value === "string") ? values : null;
}

function moneyIn({ sight, operands }: OperationInput): Expression {
  return withValues(sight.compilation, operands, (value = constant(null), list = constant(null)) => {
    const alias = sight.compilation.rowAlias();
    const item = column(alias, "value");
    const same = logic("and", [
      binary(currencyOf(item), "=", currencyOf(value)),
      binary(amountOf(item), "=", amountOf(value)),
    ]);
    const from = [{ kind: "elements", function: "unnest", source: list, alias } as const];
    const some = (where: Expression) => exists(select({ columns: [as("found", constant(1))], from, where }));
    return caseOf(
      [
        { when: isNull(list), value: constant(null) },
        { when: some(same), value: constant(true) },
        { when: some(logic("or", [isNull(item), isNull(value)])), value: constant(null) },
      ],
      constant(false),
    );
  });
}

export function nullCheck(input: OperationInput, negated: boolean): Expression {
  const value = operand(input, 0);
  if (input.operation.operands[0]?.type.kind !== "json") return negated ? isNotNull(value) : isNull(value);
  const plain = binary(value, "#>>", text("{}"));
  return negated ? isNotNull(plain) : isNull(plain);
}
