import type { AttributeType, ScalarType } from "../../model/types.ts";
import { currencyDigits } from "../../model/values/currencies.ts";
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
  switchOf,
  text,
} from "../../sql/build.ts";
import type { Expression } from "../../sql/Sql.ts";
import type { Compilation } from "../read/Scope.ts";
import { withValues } from "./bound.ts";
import { amountOf, currencyOf } from "./money.ts";
import { between, bits32, numeric, within } from "./within.ts";

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

function renamedOptions(options: Options): Options {
  return options.filter(({ name, stored }) => name !== stored);
}

function optionName(options: Options, stored: Expression): Expression {
  const branches = renamedOptions(options).map((option) => ({
    when: text(option.stored),
    value: text(option.name),
  }));
  return branches.length === 0 ? stored : switchOf(stored, branches, stored);
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

/** A value of an expression as the API shows one of the type: as it would be stored, but for a column's size. */
export function sqlToShown(compilation: Compilation, type: AttributeType, value: Expression): Expression {
  return type.kind === "integer" || type.kind === "decimal" ? value : sqlToStored(compilation, type, value);
}

/** The other way: a value of an expression as the attribute stores it; null where it does not fit. */
export function sqlToStored(compilation: Compilation, type: AttributeType, value: Expression): Expression {
  switch (type.kind) {
    case "choice":
      return optionStored(type.options, value);
    case "money":
      return withValues(compilation, [value], (money) => moneyStored(type.currency, money));
    case "integer":
      return within(cast(value, "numeric"), bits32, "integer");
    case "decimal":
      return fitting(type, value);
    case "list":
      return type.of.kind === "integer" ? cast(value, "integer[]") : listStored(compilation, type.of, value);
    default:
      return value;
  }
}

/** Of one currency the amount alone; money of another has none. */
function moneyStored(currency: string | undefined, money: Expression): Expression {
  if (currency === undefined) {
    const parts = [text("amount"), cast(amountOf(money), "text"), text("currency"), currencyOf(money)];
    return caseOf([{ when: isNull(money), value: constant(null) }], call("jsonb_build_object", ...parts));
  }
  const rounded = call("round", amountOf(money), constant(currencyDigits(currency) ?? 2));
  const when = binary(currencyOf(money), "=", text(currency));
  return caseOf([{ when, value: rounded }], constant(null));
}

/** What has more digits before the point than the type is no value of it. */
function fitting({ precision, scale }: Extract<AttributeType, { kind: "decimal" }>, value: Expression): Expression {
  if (scale === undefined) return value;
  const rounded = call("round", value, constant(scale));
  if (precision === undefined) return rounded;
  const most = numeric(10n ** BigInt(Math.max(precision - scale, 0)));
  const least = numeric(-(10n ** BigInt(Math.max(precision - scale, 0))));
  return between(rounded, least, most);
}

function optionStored(options: Options, value: Expression): Expression {
  const renamed = renamedOptions(options);
  if (renamed.length === 0) return value;
  const branches = renamed.map(({ name, stored }) => ({ when: text(name), value: text(stored) }));
  return switchOf(value, branches, value);
}

function listStored(compilation: Compilation, of: ScalarType, value: Expression): Expression {
  if (of.kind !== "choice") return value;
  const swapped = of.options.map(({ name, stored }) => ({ name: stored, stored: name }));
  return listItems(compilation, { kind: "choice", options: swapped }, value);
}
