import type { Expression as Rule } from "../../expression/Expression.ts";
import { partsOf } from "../../expression/partsOf.ts";
import { restoreAction } from "../../model/actions/actionsOf.ts";
import { fieldNamed } from "../../plan/catalog/Catalog.ts";
import type { FieldValue } from "../../plan/types.ts";
import { defaultRule } from "../../plan/write/defaults.ts";
import { call, cast, constant } from "../../sql/build.ts";
import type { Expression, Update } from "../../sql/Sql.ts";
import { sqlToStored } from "../expression/storedToSql.ts";
import type { Scope } from "../read/Scope.ts";
import { storedType } from "../storedType.ts";
import { setBesides } from "./besides.ts";
import { nextState } from "./stateChecks.ts";
import type { Write } from "./Write.ts";

type Values = Update["set"];

/** What an update sets: what it was given, what its action sets of the row as it was, and what every update sets. */
export function changedValues(write: Write, given: readonly FieldValue[]): Values {
  const { system, entity, rules, row, alias } = write;
  const ruled = rules.set.map((rule) => ({ column: write.columnOf(rule.field), value: ruledValue(write, rule, row) }));
  const state = nextState(system, row, rules.transitions);
  const restored = restoredValues(write);
  const own = merged([...givenValues(write, given), ...ruled, ...(state ? [state] : []), ...restored]);
  return own.length === 0 ? own : merged([...setBesides(entity, alias), ...own]);
}

function restoredValues({ entity, rules }: Write): Values {
  const kept = entity.resource.features?.softDelete;
  return kept && rules.name === restoreAction.name ? [{ column: kept.column, value: constant(null) }] : [];
}

/** What a kept record is given when it is destroyed: the moment since which it is gone. */
export function destroyedValues({ entity, alias }: Write, column: string): Values {
  return merged([...setBesides(entity, alias), { column, value: call("now") }]);
}

/** What a new record is made of; what its action sets may name what was given. */
export function newValues(write: Write, set: readonly FieldValue[]): Values {
  return withRuled(write, givenValues(write, set));
}

/** Adds defaults and what the action sets, but for what the plan has worked out already. */
export function withRuled(write: Write, given: Values): Values {
  const known = new Map(given.map(({ column, value }) => [column, value]));
  const { entity } = write;
  const row: Scope = {
    entity,
    column: (name) => known.get(name) ?? nothing(write, name),
    value: (field) => row.column(field.column),
  };
  // The plan knows the given record alone, so that what a default takes from related ones is left to the statement.
  for (const { column, rule } of defaultsBeyond(write)) {
    if (!known.has(column)) known.set(column, ruledValue(write, rule, row));
  }
  const open = write.rules.set.filter(({ field }) => !known.has(write.columnOf(field)));
  return [
    ...[...known].map(([column, value]) => ({ column, value })),
    ...open.map((rule) => ({ column: write.columnOf(rule.field), value: ruledValue(write, rule, row) })),
  ];
}

/** The same for rows of which some may give a value and others not: what a row leaves empty gets the default. */
export function withDefaults(write: Write, given: Values): Values {
  const known = new Map(given.map(({ column, value }) => [column, value]));
  const { entity } = write;
  const row: Scope = {
    entity,
    column: (name) => known.get(name) ?? nothing(write, name),
    value: (field) => row.column(field.column),
  };
  const rules = new Map(defaultsBeyond(write).map(({ column, rule }) => [column, rule]));
  return given.map(({ column, value }) => {
    const rule = rules.get(column);
    return { column, value: rule ? call("coalesce", value, ruledValue(write, rule, row)) : value };
  });
}

/** Defaults that look at other records. */
function defaultsBeyond({ compilation, entity, rules }: Write) {
  const isSet = new Set(rules.set.map(({ field }) => field));
  return [...entity.fields.values()].flatMap((field) => {
    const expression = isSet.has(field.name) ? null : defaultRule(compilation.catalog, entity, field);
    return expression && looksBeyond(expression)
      ? [{ column: field.column, rule: { field: field.name, expression } }]
      : [];
  });
}

function looksBeyond(expression: Rule): boolean {
  if (expression.kind === "related") return true;
  if (expression.kind === "field" && expression.record.relationships.length > 0) return true;
  return partsOf(expression).some(looksBeyond);
}

function nothing({ entity }: Write, column: string): Expression {
  const field = [...entity.fields.values()].find((candidate) => candidate.column === column);
  return field ? cast(constant(null), storedType(field.type)) : constant(null);
}

function givenValues(write: Write, set: readonly FieldValue[]): Values {
  return set.map((value) => ({ column: write.columnOf(value.field), value: write.stored(value) }));
}

function ruledValue({ system, entity }: Write, rule: Write["rules"]["set"][number], row: Scope): Expression {
  const { type } = fieldNamed(entity, rule.field);
  return sqlToStored(system, type, system.sqlOf(row, rule.expression));
}

/** A column is set once: what comes later stands. */
function merged(values: Values): Values {
  return [...new Map(values.map((value) => [value.column, value])).values()];
}
