import type { AttributeType, ScalarType } from "../../model/types.ts";
import {
  aggregate,
  as,
  binary,
  call,
  caseOf,
  cast,
  column,
  constant,
  isNull,
  scalar,
  select,
  text,
} from "../../sql/build.ts";
import type { Expression } from "../../sql/Sql.ts";
import type { Compilation } from "../read/Scope.ts";

/** A stored value of an attribute as expressions have it (`sqlType`). */
export function storedToSql(compilation: Compilation, type: AttributeType, stored: Expression): Expression {
  switch (type.kind) {
    case "choice":
      return optionName(type.options, stored);
    case "money":
      return moneyText(type.currency, stored);
    case "list":
      return listItems(compilation, type.of, stored);
    default:
      return stored;
  }
}

type Options = Extract<AttributeType, { kind: "choice" }>["options"];

export function renamedOptions(options: Options): Options {
  return options.filter(({ name, stored }) => name !== stored);
}

function optionName(options: Options, stored: Expression): Expression {
  const branches = renamedOptions(options).map((option) => ({
    when: binary(stored, "=", text(option.stored)),
    value: text(option.name),
  }));
  return branches.length === 0 ? stored : caseOf(branches, stored);
}

function moneyText(currency: string | undefined, stored: Expression): Expression {
  if (currency !== undefined) return binary(cast(stored, "text"), "||", text(` ${currency}`));
  const amount = binary(binary(stored, "->>", text("amount")), "||", text(" "));
  return binary(amount, "||", binary(stored, "->>", text("currency")));
}

function listItems(compilation: Compilation, of: ScalarType, stored: Expression): Expression {
  if (of.kind === "integer") return cast(stored, "bigint[]");
  if (of.kind !== "choice" || renamedOptions(of.options).length === 0) return stored;
  const alias = compilation.rowAlias();
  const orderBy = [{ expression: column(alias, "number"), descending: false }];
  const names = aggregate("array_agg", optionName(of.options, column(alias, "value")), { orderBy });
  const from = [{ kind: "elements", function: "unnest", source: stored, alias } as const];
  const list = scalar(select({ columns: [as("names", names)], from }));
  const whole = call("coalesce", list, cast(text("{}"), "text[]"));
  return caseOf([{ when: isNull(stored), value: constant(null) }], whole);
}

/** The other way: a value of an expression as the attribute stores it. */
export function sqlToStored(compilation: Compilation, type: AttributeType, value: Expression): Expression {
  switch (type.kind) {
    case "choice":
      return optionStored(type.options, value);
    case "money": {
      const amount = call("split_part", value, text(" "), constant(1));
      if (type.currency !== undefined) return cast(amount, "numeric");
      const parts = [text("amount"), amount, text("currency"), call("split_part", value, text(" "), constant(2))];
      return caseOf([{ when: isNull(value), value: constant(null) }], call("jsonb_build_object", ...parts));
    }
    case "list":
      return type.of.kind === "integer" ? cast(value, "integer[]") : listStored(compilation, type.of, value);
    default:
      return value;
  }
}

function optionStored(options: Options, value: Expression): Expression {
  const renamed = renamedOptions(options);
  if (renamed.length === 0) return value;
  const branches = renamed.map(({ name, stored }) => ({
    when: binary(value, "=", text(name)),
    value: text(stored),
  }));
  return caseOf(branches, value);
}

function listStored(compilation: Compilation, of: ScalarType, value: Expression): Expression {
  if (of.kind !== "choice") return value;
  const swapped = of.options.map(({ name, stored }) => ({ name: stored, stored: name }));
  return listItems(compilation, { kind: "choice", options: swapped }, value);
}
