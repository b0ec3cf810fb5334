import type { Attribute } from "#lib/model/types.ts";
import type { CatalogColumn } from "../catalog/Catalog.ts";
import type { Carriage } from "./columnType.ts";
import { carriageOf, keyType } from "./columnType.ts";
import { cutName } from "./cutName.ts";
import type { TableDraft } from "./TableDraft.ts";
import { describeOf, sameTable, spokenTable } from "./TableDraft.ts";

/** Finds the key of each table, or adds one. */
export function inferKey(draft: TableDraft, drafts: readonly TableDraft[]): void {
  const found = singleKey(draft, drafts);
  if (typeof found === "string") addKey(draft, found);
  else takeKey(draft, found);
}

interface SingleKey {
  readonly column: CatalogColumn;
  readonly carriage: Carriage;
  readonly isReference: boolean;
}

/** The column that can be the key, or the reason why there is none. */
function singleKey(draft: TableDraft, drafts: readonly TableDraft[]): SingleKey | string {
  const columns = draft.table.primaryKey?.columns ?? [];
  const [name] = columns;
  if (name === undefined) return "It had no primary key.";
  if (columns.length > 1) return `Its key has several columns (${columns.join(", ")}), which stay unique together.`;
  const column = draft.column(name);
  const carriage = column && carriageOf(column.type);
  if (!column || !carriage?.isKey) return `The key of a resource cannot be of the type ${column?.type.declared}.`;
  const isReference = draft.table.foreignKeys.some((key) => key.columns.length === 1 && key.columns[0] === name);
  if (isReference && !isReferred(draft, name, drafts))
    return `Its key "${name}" is a reference too, which the key of a resource cannot be.`;
  return { column, carriage, isReference };
}

function takeKey(draft: TableDraft, { column, carriage, isReference }: SingleKey): void {
  const type = keyType(carriage.type);
  const numbered = (type.kind === "integer" || type.kind === "bigint") && !isReference;
  const describe = describeOf(column.comment);
  draft.keyColumn = column.name;
  draft.key = {
    name: "id",
    column: column.name,
    type,
    required: true,
    unique: true,
    ...(numbered ? { default: { kind: "generated" } } : type.kind === "uuid" ? { default: { kind: "uuid" } } : {}),
    ...(carriage.maxLength === undefined ? {} : { maxLength: carriage.maxLength }),
    ...(describe === null ? {} : { describe }),
  };
  draft.copies.push({ target: column.name, read: carriage.read(column.name) });
  if (numbered && !column.numbered)
    draft.note(column.name, "It had no numbering of its own; new records are numbered on from the largest.");
  if (carriage.note) draft.note(column.name, carriage.note);
}

function addKey(draft: TableDraft, reason: string): void {
  const taken = new Set(draft.table.columns.map(({ name }) => name));
  let column = "id";
  for (let number = 1; taken.has(column); number++) column = cutName("record_id", number === 1 ? "" : `_${number}`);
  const key: Attribute = {
    name: "id",
    column,
    type: { kind: "uuid" },
    required: true,
    unique: true,
    default: { kind: "uuid" },
  };
  draft.key = key;
  draft.note(spokenTable(draft.table), `${reason} Each row gets a new UUID "${column}" as its key.`);
}

function isReferred({ table: own }: TableDraft, column: string, drafts: readonly TableDraft[]): boolean {
  return drafts.some(({ table }) =>
    table.foreignKeys.some(
      ({ target }) => sameTable(target, own) && target.columns.length === 1 && target.columns[0] === column,
    ),
  );
}
