import { literal, operation } from "../../expression/build.ts";
import type { Expression, RecordPath, Related, RelatedFunction } from "../../expression/Expression.ts";
import { booleanType, decimalType, integerType, moneyType, textType } from "../../expression/types.ts";
import type { ValueType } from "../../expression/ValueType.ts";
import type { Aggregate, AttributeType, Calculation, Model, Resource } from "../types.ts";
import { currencyDigits } from "../values/currencies.ts";
import { memberType } from "./computedType.ts";
import { reroot } from "./reroot.ts";
import { resourceAlong, resourceNamed } from "./resourceAlong.ts";
import { resourceTypes } from "./resourceTypes.ts";
import { typedExpression } from "./typedExpression.ts";
import { valueTypeOf } from "./valueTypeOf.ts";

/** The tree of a calculation of a verified model. One that is declared with a scale is rounded to it. */
export function calculationExpression(model: Model, resource: Resource, { expression, type }: Calculation): Expression {
  const expected = valueTypeOf(type, model);
  return asDeclared(type, typedExpression(model, { resource: resource.name, text: expression, expected }));
}

/** What an expression comes out as where it is declared to be of a type: a decimal has the digits of its scale. */
export function asDeclared(type: AttributeType, tree: Expression): Expression {
  if (type.kind !== "decimal" || type.scale === undefined) return tree;
  return operation("round", decimalType, [tree, literal(integerType, String(type.scale))]);
}

/** The tree of an aggregate of a verified model: what `sum(deals.amount)` would say in an expression. */
export function aggregateExpression(model: Model, resource: Resource, aggregate: Aggregate): Expression {
  const make = relatedMaker(model, resource, aggregate);
  if (aggregate.function === "count") return make("count", integerType, null);
  if (aggregate.function === "exists") return make("exists", booleanType, null);
  const target = resourceAlong(model, resource, aggregate.path);
  const { name, field = "" } = aggregate;
  const value = target && fieldOf(model, target, field);
  if (!target || !value) throw new Error(`The aggregate ${name} leads to no field.`);
  const declared = memberType(model, target, field);
  if (value.type.kind === "money" && declared?.kind === "money" && !isPicked(aggregate)) {
    return moneyAggregate({ make, of: aggregate.function, value, currency: declared.currency });
  }
  const type = resourceTypes(model).of(resource.name)?.members.get(name);
  return make(aggregate.function, type?.kind === "field" ? type.type : value.type, value);
}

const isPicked = (aggregate: Aggregate) => aggregate.function === "first" || aggregate.function === "list";

/** The record at the path's end; no expression can name it so. */
const variable = "aggregated record";

type Make = (of: RelatedFunction, type: ValueType, value: Expression | null) => Related;

function relatedMaker(model: Model, resource: Resource, { name, path, where, order = [] }: Aggregate): Make {
  const target = resourceAlong(model, resource, path);
  if (!target) throw new Error(`The path of the aggregate ${name} leads nowhere.`);
  const start = startOf(model, resource, path);
  const condition =
    where === undefined ? null : typedExpression(model, { resource: target.name, text: where, expected: booleanType });
  return (of, type, value) => ({
    kind: "related",
    type,
    function: of,
    from: start.from,
    path: start.rest,
    resource: target.name,
    variable,
    where: condition && reroot(condition, variable),
    value,
    order: order.map((term) => ({ value: fieldOf(model, target, term.name), descending: term.descending })),
  });
}

/** The to-one relationships that a path begins with, and the rest, which begins with one to many. */
function startOf(
  model: Model,
  resource: Resource,
  path: readonly string[],
): { readonly from: RecordPath; readonly rest: readonly string[] } {
  let at = resource;
  let length = 0;
  for (const name of path) {
    const relationship = at.relationships.find((candidate) => candidate.name === name);
    if (relationship?.kind !== "belongsTo" && relationship?.kind !== "hasOne") break;
    at = resourceNamed(model, relationship.target) ?? at;
    length += 1;
  }
  return {
    from: { root: "record", relationships: path.slice(0, length), resource: at.name },
    rest: path.slice(length),
  };
}

function fieldOf(model: Model, target: Resource, field: string): Expression {
  const member = resourceTypes(model).of(target.name)?.members.get(field);
  if (member?.kind !== "field") throw new Error(`${target.name} has no field ${field}.`);
  const record = { root: variable, relationships: [], resource: target.name };
  return { kind: "field", type: member.type, record, field, members: [] };
}

interface MoneyAggregate {
  readonly make: Make;
  readonly of: RelatedFunction;
  readonly value: Expression;
  readonly currency: Extract<AttributeType, { kind: "money" }>["currency"];
}

/** Money is added up by its amounts; of several currencies there is no sum. */
function moneyAggregate({ make, of, value, currency }: MoneyAggregate): Expression {
  const total = make(of, decimalType, operation("amountOf", decimalType, [value]));
  const digits = (currency === undefined ? null : currencyDigits(currency)) ?? 2;
  const amount = of === "avg" ? operation("round", decimalType, [total, literal(integerType, String(digits))]) : total;
  if (currency !== undefined) return operation("money", moneyType, [amount, literal(textType, currency)]);
  const [least, most] = (["min", "max"] as const).map((extreme) =>
    make(extreme, textType, operation("currencyOf", textType, [value])),
  );
  if (!least || !most) throw new Error("Both extremes were made.");
  const one = operation("equal", booleanType, [least, most]);
  return operation("if", moneyType, [one, operation("money", moneyType, [amount, least]), literal(moneyType, null)]);
}
