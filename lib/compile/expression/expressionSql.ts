import type { Expression as Checked, ContextValue, VariableValue } from "../../expression/Expression.ts";
import type { ValueType } from "../../expression/ValueType.ts";
import { contextParameter } from "../../sql/build.ts";
import type { Expression } from "../../sql/Sql.ts";
import type { Compilation, Scope } from "../read/Scope.ts";
import { comprehensionSql } from "./comprehensionSql.ts";
import { fieldSql } from "./fieldSql.ts";
import { literalSql, nullOf } from "./literalSql.ts";
import { memberSql } from "./memberSql.ts";
import { operationSql } from "./operationSql.ts";
import { relatedSql } from "./relatedSql.ts";
import type { Sight } from "./Sight.ts";
import type { SqlOf } from "./SqlOf.ts";
import { isJson, sqlType } from "./sqlType.ts";

/**
 * A checked expression about the record in scope as SQL, in the form that expressions have (`sqlType`: choices by name,
 * money as text); `sqlToStored` makes of it what is stored. No value in any row makes it raise an error. With a compilation that
 * has an actor's access, what that actor may not see counts as absent; `compilation.asSystem()` sees all.
 */
export function expressionSql(compilation: Compilation, scope: Scope, expression: Checked): Expression {
  return sqlOf({ compilation, records: new Map([["record", scope]]), variables: new Map() }, expression);
}

const sqlOf: SqlOf = (sight, expression, wanted) => {
  const { type } = expression;
  if (wanted && type.kind === "null") return nullOf(wanted);
  switch (expression.kind) {
    case "literal":
      return literalSql(wanted && isUntypedList(type) ? wanted : type, expression.value);
    case "context":
      return contextSql(expression);
    case "field":
      return fieldSql(sight, expression, sqlOf);
    case "variable":
      return variableSql(sight, expression);
    case "operation":
      return operationSql(sight, wanted && isUntypedList(type) ? { ...expression, type: wanted } : expression, sqlOf);
    case "comprehension":
      return comprehensionSql(sight, expression, sqlOf);
    case "related":
      return relatedSql(sight, expression, sqlOf);
  }
};

/** `[]` or `[null]`. */
function isUntypedList(type: ValueType): boolean {
  return type.kind === "list" && type.of.kind === "null";
}

function contextSql({ type, path }: ContextValue): Expression {
  return type.kind === "list" && !isJson(type.of)
    ? contextParameter(path, sqlType(type), "list")
    : contextParameter(path, sqlType(type));
}

function variableSql({ compilation, variables }: Sight, { name, members = [] }: VariableValue): Expression {
  const variable = variables.get(name);
  if (!variable) throw new Error(`The expression names ${name}, which is not in sight.`);
  const { type, value } = variable;
  if (members.length === 0) return value;
  const held =
    type.kind === "object" ? ({ kind: "embed", valueObject: type.name } as const) : ({ kind: "json" } as const);
  return memberSql(compilation, { type: held, stored: value, members });
}
