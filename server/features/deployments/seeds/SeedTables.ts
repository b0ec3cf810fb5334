import type { FieldError } from "#lib/errors/AppError.ts";
import type { Entity } from "#lib/plan/catalog/Catalog.ts";

/** A row of a seed file in stored texts, by field name; every field that the row or a default gives. */
export type SeedValues = ReadonlyMap<string, string | null>;

export interface SeedRow {
  /** Counts from 1, as people do. */
  readonly number: number;
  /** Stored text of the key. */
  readonly key: string;
  readonly values: SeedValues;
  /** Keys of the targets, by manyToMany. */
  readonly links: ReadonlyMap<string, readonly string[]>;
}

/** All rows of one resource. */
export interface SeedTable {
  readonly entity: Entity;
  readonly file: string;
  readonly rows: readonly SeedRow[];
}

/** `seeds/order.json, row 3, customerId: There is no Customer with this id.` */
export function seedProblem(
  { file, row, field }: { readonly file: string; readonly row?: number; readonly field?: string },
  { rule, message }: { readonly rule: string; readonly message: string },
): FieldError {
  const place = [file, ...(row === undefined ? [] : [`row ${row}`]), ...(field === undefined ? [] : [field])];
  const path = [file, ...(row === undefined ? [] : [String(row)]), ...(field === undefined ? [] : [field])];
  return { field: path.join("."), rule, message: `${place.join(", ")}: ${message}` };
}
