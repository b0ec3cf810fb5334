import { pascalCase } from "#lib/model/naming/pascalCase.ts";
import { pluralOf } from "#lib/model/naming/pluralOf.ts";
import { singularOf } from "#lib/model/naming/singularOf.ts";
import { wordsOf } from "#lib/model/naming/wordsOf.ts";
import type { CatalogForeignKey } from "../catalog/Catalog.ts";
import { carriageOf } from "./columnType.ts";
import { linkNameOf } from "./relationshipNames.ts";
import type { TableDraft } from "./TableDraft.ts";
import { sameTable } from "./TableDraft.ts";

/** A table that is nothing but pairs of references. */
export interface JoinTable {
  readonly draft: TableDraft;
  readonly ends: readonly [JoinEnd, JoinEnd];
}

export interface JoinEnd {
  readonly key: CatalogForeignKey;
  readonly column: string;
  readonly target: TableDraft;
}

/** The join table that a table is: two columns, each a reference to a key, together unique and never null. */
export function asJoinTable(draft: TableDraft, drafts: readonly TableDraft[]): JoinTable | null {
  const { columns, primaryKey, uniques, foreignKeys } = draft.table;
  const [first, second] = columns;
  if (columns.length !== 2 || !first?.notNull || !second?.notNull || foreignKeys.length !== 2) return null;
  const isPair = [primaryKey, ...uniques].some((key) => key?.columns.length === 2);
  const ends = [endOf(draft, first.name, drafts), endOf(draft, second.name, drafts)] as const;
  const [one, other] = ends;
  return isPair && one && other ? { draft, ends: [one, other] } : null;
}

function endOf(draft: TableDraft, column: string, drafts: readonly TableDraft[]): JoinEnd | null {
  const key = draft.table.foreignKeys.find(
    (candidate) => candidate.columns.length === 1 && candidate.columns[0] === column,
  );
  const target = key && drafts.find((candidate) => sameTable(candidate.table, key.target));
  if (!key?.enforced || !target || target === draft) return null;
  const primary = target.table.primaryKey?.columns;
  return primary?.length === 1 && primary[0] === key.target.columns[0] ? { key, column, target } : null;
}

/** Whether both ends are resources with the keys that the pairs hold. */
export function isUsable({ ends }: JoinTable, joins: readonly JoinTable[]): boolean {
  return ends.every(
    ({ key, target }) => target.keyColumn === key.target.columns[0] && !joins.some(({ draft }) => draft === target),
  );
}

/** Those that are named after both ends take the plain names where several join the same two. */
export function byPlainness(one: JoinTable, other: JoinTable): number {
  return Number(isPlain(other)) - Number(isPlain(one));
}

function isPlain({ draft, ends: [one, other] }: JoinTable): boolean {
  const words = (text: string) => wordsOf(text).map((word) => singularOf(word).toLowerCase());
  const ofTable = words(draft.table.name).toSorted().join();
  return ofTable === [...words(one.target.table.name), ...words(other.target.table.name)].toSorted().join();
}

/** Makes the join table the many-to-many of both ends; the one named first owns it. */
export function inferManyToMany({ draft, ends }: JoinTable): void {
  const [source, target] = ends;
  const name = source.target.fields.claim(manyNameOf(target, source, draft), { ending: "List" });
  const inverse = target.target.fields.claim(inverseManyNameOf(source, target, draft), { ending: "List" });
  const one = { table: draft.stored, sourceColumn: source.column, targetColumn: target.column };
  source.target.inverses.push({
    kind: "manyToMany",
    name,
    target: target.target.names.name,
    ...one,
    inverse,
    owner: true,
  });
  target.target.inverses.push({
    kind: "manyToMany",
    name: inverse,
    target: source.target.names.name,
    ...{ table: draft.stored, sourceColumn: target.column, targetColumn: source.column },
    inverse: name,
    owner: false,
  });
  for (const { column, key } of ends) {
    draft.copies.push({ target: column, read: readOf(draft, column) });
    if (key.onDelete !== "cascade")
      draft.note(key.name, "Pairs now go with either of their ends; before, an end with pairs could not be deleted.");
  }
}

/** `Employee.territories`; between two of the same kind what the column says, such as `Person.friends`. */
function manyNameOf(to: JoinEnd, from: JoinEnd, { table, names }: TableDraft): string {
  const wanted =
    to.target === from.target ? pluralOf(pascalCase(linkNameOf(to.column, to.target))) : to.target.names.plural;
  return from.target.fields.isFree(wanted) || table.name === wanted ? wanted : names.plural;
}

function inverseManyNameOf(to: JoinEnd, from: JoinEnd, draft: TableDraft): string {
  return to.target === from.target ? `${linkNameOf(from.column, from.target)}Of` : manyNameOf(to, from, draft);
}

function readOf(draft: TableDraft, name: string): string {
  const column = draft.column(name);
  return (column && carriageOf(column.type)?.read(name)) ?? "NULL";
}
