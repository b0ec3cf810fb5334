/** What a PostgreSQL database holds, as far as an import looks at it. Names are the source's own. */
export interface Catalog {
  /** In the order of schema and name. */
  readonly tables: readonly CatalogTable[];
  readonly others: readonly CatalogObject[];
}

export interface TableName {
  readonly schema: string;
  readonly name: string;
}

export interface CatalogTable extends TableName {
  readonly kind: "table" | "partitioned" | "partition" | "foreign";
  /** The tables it inherits from or is a partition of. */
  readonly parents: readonly TableName[];
  /** Whether the role of the import may read all of its columns. */
  readonly readable: boolean;
  /** Policies decide which of its rows are seen. */
  readonly rowSecurity: boolean;
  readonly comment: string | null;
  readonly columns: readonly CatalogColumn[];
  readonly primaryKey: CatalogKey | null;
  /** Constraints and whole unique indexes alike. */
  readonly uniques: readonly CatalogUnique[];
  readonly foreignKeys: readonly CatalogForeignKey[];
  readonly checks: readonly CatalogCheck[];
  /** Without those of keys and uniques. */
  readonly indexes: readonly CatalogIndex[];
  readonly triggers: readonly string[];
  readonly rules: readonly string[];
  readonly policies: readonly string[];
  /** Exclusion constraints. */
  readonly exclusions: readonly string[];
}

export interface CatalogColumn {
  readonly name: string;
  readonly type: CatalogType;
  readonly notNull: boolean;
  /** The expression as PostgreSQL prints it with an empty search path. */
  readonly default: string | null;
  /** The database numbers it: an identity, or a default of a sequence's next value. */
  readonly numbered: boolean;
  /** Computed from other columns. */
  readonly generated: boolean;
  readonly comment: string | null;
}

export interface CatalogType {
  /** As it is declared: `character varying(40)`, `public.mood`. */
  readonly declared: string;
  /** Name of the type underneath its domains: `int4`, `varchar`, `mood`. */
  readonly name: string;
  readonly kind: "base" | "enum" | "array" | "composite" | "range";
  /** The type modifier, -1 for none. */
  readonly modifier: number;
  /** Labels of an enumeration, in order. */
  readonly labels: readonly string[];
  /** The domain it is declared as, with its rules. */
  readonly domain: {
    readonly name: string;
    readonly notNull: boolean;
    readonly checks: readonly CatalogCheck[];
  } | null;
}

export interface CatalogKey {
  readonly name: string;
  readonly columns: readonly string[];
}

export interface CatalogUnique extends CatalogKey {
  readonly nullsNotDistinct: boolean;
}

export interface CatalogForeignKey extends CatalogKey {
  readonly target: TableName & { readonly columns: readonly string[] };
  readonly onDelete: ForeignKeyAction;
  readonly onUpdate: ForeignKeyAction;
  readonly deferrable: boolean;
  /** False where rows may break it: NOT VALID or NOT ENFORCED. */
  readonly enforced: boolean;
}

export type ForeignKeyAction = "noAction" | "restrict" | "cascade" | "setNull" | "setDefault";

export interface CatalogCheck {
  readonly name: string;
  readonly expression: string;
}

export interface CatalogIndex {
  readonly name: string;
  readonly unique: boolean;
  /** Null where it is no plain list of columns: its definition then says what it is. */
  readonly columns: readonly { readonly name: string; readonly descending: boolean }[] | null;
  readonly definition: string;
}

export interface CatalogObject extends TableName {
  readonly kind:
    | "view"
    | "materializedView"
    | "function"
    | "procedure"
    | "aggregate"
    | "sequence"
    | "type"
    | "extension";
}
