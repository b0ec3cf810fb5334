import type { Attribute, BelongsTo, HasMany, Index, ManyToMany, Resource } from "#lib/model/types.ts";
import type { CatalogColumn, CatalogTable, TableName } from "../catalog/Catalog.ts";
import type { ReportNote } from "../ImportReport.ts";
import type { ColumnCopy } from "./ImportPlan.ts";
import type { Names, ResourceNames } from "./names.ts";
import { fieldNames } from "./names.ts";

/** A table on its way to a resource. The stages of the inference fill it in, one after the other. */
export class TableDraft {
  readonly table: CatalogTable;
  /** Its table in the new database. */
  readonly stored: string;
  readonly names: ResourceNames;
  readonly fields: Names = fieldNames();
  readonly notes: ReportNote[] = [];
  /** The column that is the key; null where one was added. */
  keyColumn: string | null = null;
  key: Attribute | null = null;
  /** By column. */
  readonly attributes = new Map<string, Attribute>();
  /** By column. */
  readonly links = new Map<string, BelongsTo>();
  readonly inverses: (HasMany | ManyToMany)[] = [];
  readonly uniques: (readonly string[])[] = [];
  readonly indexes: Index[] = [];
  readonly copies: ColumnCopy[] = [];

  constructor(table: CatalogTable, { stored, names }: { readonly stored: string; readonly names: ResourceNames }) {
    this.table = table;
    this.stored = stored;
    this.names = names;
  }

  note(about: string, message: string): void {
    this.notes.push({ about, message });
  }

  column(name: string): CatalogColumn | undefined {
    return this.table.columns.find((column) => column.name === name);
  }

  /** Name of the attribute or relationship that a column became; undefined for the key and for what was not taken. */
  fieldOf(column: string): string | undefined {
    return this.attributes.get(column)?.name ?? this.links.get(column)?.name;
  }

  resource(): Resource {
    if (!this.key) throw new Error(`The table ${this.stored} has no key yet.`);
    const describe = describeOf(this.table.comment);
    return {
      ...this.names,
      ...(describe === null ? {} : { describe }),
      table: this.stored,
      key: this.key,
      attributes: [...this.attributes.values()],
      relationships: [...this.links.values(), ...this.inverses],
      uniques: this.uniques,
      indexes: this.indexes,
      actions: ["read", "create", "update", "destroy"],
    };
  }
}

const longestDescription = 2000;

export function describeOf(comment: string | null): string | null {
  const text = comment?.trim() ?? "";
  return text === "" ? null : text.slice(0, longestDescription).toWellFormed();
}

/** As people write it: with its schema unless that is `public`. */
export function spokenTable({ schema, name }: TableName): string {
  return schema === "public" ? name : `${schema}.${name}`;
}

export function sameTable(one: TableName, other: TableName): boolean {
  return one.schema === other.schema && one.name === other.name;
}
