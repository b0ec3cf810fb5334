import { quoteIdentifier } from "../identifier.ts";
import { fingerprint } from "./fingerprint.ts";
import { quoteLiteral } from "./quoteLiteral.ts";
import type { SchemaFunction, Trigger } from "./Schema.ts";
import { tableName, tenantSchema } from "./statements.ts";

/** What the comment of a function or trigger of ours begins with; the fingerprint of its definition follows. */
export const programMark = "gantry ";

export function functionName(name: string): string {
  return `${tenantSchema}.${quoteIdentifier(name)}`;
}

export function functionPrint({ definition, found }: SchemaFunction): string {
  return found?.print ?? fingerprint(definition);
}

export function triggerPrint({ event, action, found }: Trigger): string {
  return found?.print ?? fingerprint(`${event} ON ${action}`);
}

/** Makes it or puts it in the place of the one of that name. */
export function createFunction(made: SchemaFunction): string {
  const name = functionName(made.name);
  const comment = quoteLiteral(programMark + functionPrint(made));
  return `CREATE OR REPLACE FUNCTION ${name}${made.definition};\nCOMMENT ON FUNCTION ${name} IS ${comment}`;
}

export function createTrigger(table: string, made: Trigger): string {
  const name = quoteIdentifier(made.name);
  const comment = quoteLiteral(programMark + triggerPrint(made));
  return (
    `CREATE OR REPLACE TRIGGER ${name} ${made.event} ON ${tableName(table)} ${made.action};\n` +
    `COMMENT ON TRIGGER ${name} ON ${tableName(table)} IS ${comment}`
  );
}

export function dropTrigger(table: string, name: string): string {
  return `DROP TRIGGER IF EXISTS ${quoteIdentifier(name)} ON ${tableName(table)}`;
}

export function dropFunction(name: string): string {
  return `DROP FUNCTION IF EXISTS ${functionName(name)}`;
}
