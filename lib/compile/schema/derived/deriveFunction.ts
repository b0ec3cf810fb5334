import type { Expression } from "../../../expression/Expression.ts";
import type { AttributeType } from "../../../model/types.ts";
import type { Entity } from "../../../plan/catalog/Catalog.ts";
import { functionName } from "../../../sql/ddl/programs.ts";
import type { SchemaFunction, Trigger } from "../../../sql/ddl/Schema.ts";
import { storedName } from "../../../sql/ddl/storedName.ts";
import { quoteIdentifier } from "../../../sql/identifier.ts";
import { printExpressionAlone } from "../../../sql/print.ts";
import { expressionSql } from "../../expression/expressionSql.ts";
import { sqlToStored } from "../../expression/storedToSql.ts";
import type { Compilation, Scope } from "../../read/Scope.ts";
import { holdOnward } from "./holdRows.ts";
import { namedRow } from "./namedRow.ts";
import type { Walk } from "./readsOf.ts";

/** A computed field whose value is kept in a column. */
export interface StoredField {
  readonly name: string;
  readonly column: string;
  readonly type: AttributeType;
  readonly expression: Expression;
}

/** What a stored field holds for the row in scope, as SQL. */
export function storedValue(compilation: Compilation, scope: Scope, { type, expression }: StoredField): string {
  return printExpressionAlone(sqlToStored(compilation, type, expressionSql(compilation, scope, expression)));
}

/**
 * Works out the stored fields of a record before each write of its row, in the order given: each may stand on those
 * before it. A write that only asks for that (`touchStatements`) and finds nothing to change is dropped.
 */
export function deriveFunction(
  compilation: Compilation,
  entity: Entity,
  { fields, walks }: { readonly fields: readonly StoredField[]; readonly walks: readonly Walk[] },
): { readonly made: SchemaFunction; readonly trigger: Trigger } {
  const name = storedName(["gantry", entity.resource.table], "derive");
  const row = namedRow(entity, "new");
  const lines = [
    ...holdOnward(compilation, row, walks).map((hold) => `  ${hold};`),
    ...fields.map((field) => `  new.${quoteIdentifier(field.column)} := ${storedValue(compilation, row, field)};`),
  ];
  const path = [entity.name, "derived"];
  const definition = `() RETURNS trigger LANGUAGE plpgsql AS $gantry$
BEGIN
${lines.join("\n")}
  IF TG_OP = 'UPDATE' AND pg_trigger_depth() > 1 AND to_jsonb(new) = to_jsonb(old) THEN
    RETURN NULL;
  END IF;
  RETURN new;
END
$gantry$`;
  const action = `FOR EACH ROW EXECUTE FUNCTION ${functionName(name)}()`;
  return {
    made: { name, definition, path },
    trigger: { name: "gantry_derive", event: "BEFORE INSERT OR UPDATE", action, path },
  };
}
