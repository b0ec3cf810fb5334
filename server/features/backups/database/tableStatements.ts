import { quoteLiteral } from "#lib/sql/ddl/quoteLiteral.ts";
import { quoteIdentifier } from "#lib/sql/identifier.ts";
import type { Manifest, ManifestColumn, ManifestTable } from "../format/Manifest.ts";

/** The statements by which a manifest becomes a database again: before the rows come, and after they are in. */

export function statementsBefore({ schemas, tables }: Manifest): readonly string[] {
  const own = schemas.filter((name) => name !== "public").map(quoteIdentifier);
  return [
    ...own.flatMap((name) => [
      `DROP SCHEMA IF EXISTS ${name} CASCADE`,
      `CREATE SCHEMA ${name}`,
      `REVOKE ALL ON SCHEMA ${name} FROM PUBLIC`,
    ]),
    ...tables.flatMap(tableStatements),
  ];
}

export function statementsAfter({ functions, constraints, indexes, triggers, tables }: Manifest): readonly string[] {
  return [
    ...tables.flatMap(identityStatements),
    // Those that mention tables or each other are made in any order.
    "SET check_function_bodies = off",
    ...functions.flatMap(({ definition, place, comment }) => [definition, ...commentOn(place, comment)]),
    ...constraints.map(
      ({ schema, table, name, definition }) =>
        `ALTER TABLE ${qualified({ schema, name: table })} ADD CONSTRAINT ${quoteIdentifier(name)} ${definition}`,
    ),
    ...indexes,
    ...triggers.flatMap(({ definition, place, comment }) => [definition, ...commentOn(place, comment)]),
    "ANALYZE",
  ];
}

/** What takes a table's rows; none where it has no columns. */
export function copyInto(table: ManifestTable): string {
  return `COPY ${qualified(table)} (${columnList(table)}) FROM STDIN`;
}

export function copyFrom(table: ManifestTable): string {
  return `COPY ${qualified(table)} (${columnList(table)}) TO STDOUT`;
}

export function qualified({ schema, name }: { readonly schema: string; readonly name: string }): string {
  return `${quoteIdentifier(schema)}.${quoteIdentifier(name)}`;
}

function columnList({ columns }: ManifestTable): string {
  return columns.map(({ name }) => quoteIdentifier(name)).join(", ");
}

function tableStatements(table: ManifestTable): readonly string[] {
  const name = qualified(table);
  return [
    `CREATE TABLE ${name} (${table.columns.map(columnClause).join(", ")})`,
    ...commentOn(`TABLE ${name}`, table.comment),
    ...table.columns.flatMap((column) => commentOn(`COLUMN ${name}.${quoteIdentifier(column.name)}`, column.comment)),
  ];
}

function columnClause({ name, type, nullable, default: initial, identity }: ManifestColumn): string {
  const words = [quoteIdentifier(name), type];
  if (identity) words.push(`GENERATED ${identity.always ? "ALWAYS" : "BY DEFAULT"} AS IDENTITY`);
  else if (initial !== null) words.push(`DEFAULT ${initial}`);
  if (!nullable) words.push("NOT NULL");
  return words.join(" ");
}

/** By which the database goes on with the numbers that it gives. */
export function identityStatements(table: ManifestTable): readonly string[] {
  return table.columns.flatMap(({ name, identity }) => {
    if (!identity) return [];
    const sequence = `pg_get_serial_sequence(${quoteLiteral(qualified(table))}, ${quoteLiteral(name)})`;
    return [`SELECT setval(${sequence}, ${identity.last}, ${identity.called})`];
  });
}

function commentOn(place: string, comment: string | null): readonly string[] {
  return comment === null ? [] : [`COMMENT ON ${place} IS ${quoteLiteral(comment)}`];
}
