import type { Attribute, BelongsTo } from "#lib/model/types.ts";
import type { CatalogColumn, CatalogForeignKey } from "../catalog/Catalog.ts";
import { defaultOf } from "./columnDefault.ts";
import { carriageOf } from "./columnType.ts";
import { fieldNameOf } from "./names.ts";
import { linkNameOf } from "./relationshipNames.ts";
import type { TableDraft } from "./TableDraft.ts";
import { describeOf, sameTable, spokenTable } from "./TableDraft.ts";

/** Makes attributes and to-one relationships of the columns. The keys of all tables are known. */
export function inferColumns(draft: TableDraft, drafts: readonly TableDraft[]): void {
  const links = linksOf(draft, drafts);
  for (const column of draft.table.columns) {
    if (column.name !== draft.keyColumn && !links.has(column.name)) addAttribute(draft, column);
  }
  for (const column of draft.table.columns) {
    const link = links.get(column.name);
    if (link) addLink(draft, column, link);
  }
}

interface Link {
  readonly key: CatalogForeignKey;
  readonly target: TableDraft;
}

/** The references that can be relationships: one column, to the key of a resource. The others are told of. */
function linksOf(draft: TableDraft, drafts: readonly TableDraft[]): Map<string, Link> {
  const links = new Map<string, Link>();
  for (const key of draft.table.foreignKeys) {
    const target = drafts.find((candidate) => sameTable(candidate.table, key.target));
    const [column] = key.columns;
    const reason = reasonAgainst(draft, key, { target, links });
    if (reason === null && column !== undefined && target) links.set(column, { key, target });
    else {
      const message = `The reference to ${spokenTable(key.target)} is no relationship: ${reason}. Its columns stay.`;
      draft.note(key.name, message);
    }
  }
  return links;
}

function reasonAgainst(
  draft: TableDraft,
  key: CatalogForeignKey,
  { target, links }: { readonly target: TableDraft | undefined; readonly links: ReadonlyMap<string, Link> },
): string | null {
  const [column] = key.columns;
  if (column === undefined || key.columns.length > 1) return "it has several columns";
  if (!target) return "that table is not taken as a resource";
  if (target.keyColumn !== key.target.columns[0])
    return `"${key.target.columns[0]}" is not the key of ${target.names.name}`;
  if (column === draft.keyColumn) return "its column is the key";
  if (links.has(column)) return "its column is another relationship already";
  return key.enforced ? null : "rows may break it in the source";
}

function addAttribute(draft: TableDraft, column: CatalogColumn): void {
  const carriage = carriageOf(column.type);
  if (!carriage) {
    draft.note(
      column.name,
      `Binary data (${column.type.declared}) has no place in a resource: the column is not taken.`,
    );
    return;
  }
  const name = draft.fields.claim(fieldNameOf(column.name), { ending: "Value" });
  const fallback = column.numbered ? null : defaultOf(column, carriage);
  const describe = describeOf(column.comment);
  const attribute: Attribute = {
    name,
    column: column.name,
    type: carriage.type,
    required: column.notNull,
    unique: false,
    ...(fallback ? { default: fallback } : {}),
    ...(carriage.maxLength === undefined ? {} : { maxLength: carriage.maxLength }),
    ...(describe === null ? {} : { describe }),
  };
  draft.attributes.set(column.name, attribute);
  draft.copies.push({ target: column.name, read: carriage.read(column.name) });
  if (carriage.note) draft.note(column.name, carriage.note);
  if (fallback === undefined)
    draft.note(column.name, `The default ${column.default} cannot be said in the language: it is not taken.`);
  if (column.numbered)
    draft.note(column.name, "Only a key numbers itself: its numbering is not taken, its values are.");
  if (column.generated)
    draft.note(column.name, "It was computed from other columns: its values are taken, the computation is not.");
  const { domain } = column.type;
  if (domain) draft.note(column.name, `The domain ${domain.name} is replaced by what it stands for.`);
}

function addLink(draft: TableDraft, column: CatalogColumn, { key, target }: Link): void {
  const name = draft.fields.claim(linkNameOf(column.name, target), { ending: "Link", also: (link) => [`${link}Id`] });
  const describe = describeOf(column.comment);
  const link: BelongsTo = {
    kind: "belongsTo",
    name,
    target: target.names.name,
    column: column.name,
    required: column.notNull,
    unique: false,
    onDelete: onDeleteOf(draft, key, column.notNull),
    ...(describe === null ? {} : { describe }),
  };
  draft.links.set(column.name, link);
  draft.copies.push({ target: column.name, read: carriageOf(column.type)?.read(column.name) ?? "NULL" });
  if (column.default !== null && !column.numbered)
    draft.note(column.name, `A relationship has no default: ${column.default} is not taken.`);
  if (key.onUpdate !== "noAction" && key.onUpdate !== "restrict")
    draft.note(key.name, "Changed keys were carried on (ON UPDATE); in an app keys do not change.");
  if (key.deferrable)
    draft.note(key.name, "It could be checked at the end of a transaction; now it is checked at once.");
}

function onDeleteOf(draft: TableDraft, key: CatalogForeignKey, required: boolean): BelongsTo["onDelete"] {
  if (key.onDelete === "cascade") return "cascade";
  if (key.onDelete === "setNull" && !required) return "setNull";
  if (key.onDelete === "setNull" || key.onDelete === "setDefault")
    draft.note(key.name, "What it did on deletion cannot be said here: now the deletion is refused.");
  return "restrict";
}
