import type { AttributeType, ScalarType } from "#lib/model/types.ts";
import { quoteIdentifier } from "#lib/sql/identifier.ts";
import type { CatalogType } from "../catalog/Catalog.ts";
import { optionNameOf, optionNames } from "./names.ts";

/** How the values of a column are carried over. */
export interface Carriage {
  readonly type: AttributeType;
  /** In code points, from the declared type. */
  readonly maxLength?: number;
  /** The expression that reads a value in the form that the new column takes. */
  readonly read: (column: string) => string;
  /** Whether the type can be a key's. */
  readonly isKey: boolean;
  /** Values have an order and equality of their own, so that they can be unique and indexed. */
  readonly isOrdered: boolean;
  /** A default's text means the same in the new type. */
  readonly keepsText: boolean;
  /** What a person should know of the change. */
  readonly note?: string;
}

/** Null for what cannot be carried: large binary values have no place in a resource. */
export function carriageOf(type: CatalogType): Carriage | null {
  switch (type.kind) {
    case "enum":
      return type.labels.length > 0
        ? { ...plain({ kind: "choice", options: choiceOptions(type.labels) }), read: asText }
        : text(type);
    case "array":
      return array(type);
    case "composite":
      return { ...plain({ kind: "json" }), ...asJson, note: `The composite value ${type.declared} is kept as JSON.` };
    case "range":
      return text(type);
    case "base":
      return baseCarriage(type);
  }
}

function baseCarriage(type: CatalogType): Carriage | null {
  switch (type.name) {
    case "int2":
    case "int4":
      return { ...plain({ kind: "integer" }), isKey: true };
    case "int8":
      return { ...plain({ kind: "bigint" }), isKey: true };
    case "numeric":
      return numeric(type);
    case "float4":
    case "float8":
      return {
        ...plain({ kind: "decimal" }),
        // By its text: the shortest that means this value, so 32.38 stays 32.38 and never becomes 32.380001068.
        read: (column) => `${quoteIdentifier(column)}::text::numeric`,
        note: `${type.declared} is now an exact decimal of the same digits.`,
      };
    case "money":
      return {
        ...plain({ kind: "decimal" }),
        read: (column) => `${quoteIdentifier(column)}::numeric`,
        keepsText: false,
        note: "money is now a decimal; it never said which currency.",
      };
    case "bool":
      return plain({ kind: "boolean" });
    case "date":
      return plain({ kind: "date" });
    case "time":
      return plain({ kind: "time" });
    case "interval":
      return isLength(type) ? duration(type) : text(type);
    case "timestamptz":
      return plain({ kind: "timestamp" });
    case "timestamp":
      return {
        ...plain({ kind: "timestamp" }),
        read: (column) => `${quoteIdentifier(column)} at time zone 'UTC'`,
        keepsText: false,
        note: "It had no time zone; its values were read as UTC.",
      };
    case "uuid":
      return { ...plain({ kind: "uuid" }), isKey: true };
    case "jsonb":
      return { ...plain({ kind: "json" }), isOrdered: false };
    case "json":
      return { ...plain({ kind: "json" }), ...asJson, keepsText: true };
    case "text":
    case "name":
      return { ...plain({ kind: "text" }), read: asText, isKey: true };
    case "varchar":
      return { ...plain({ kind: "text" }), ...length(type), isKey: true };
    case "bpchar":
      return {
        ...plain({ kind: "text" }),
        ...length(type),
        read: asText,
        isKey: true,
        note: "Blanks that filled the value up at its end are gone.",
      };
    case "citext":
      return {
        ...plain({ kind: "text" }),
        read: asText,
        isKey: true,
        note: "It took small and capital letters as equal; now they differ.",
      };
    case "bytea":
      return null;
    default:
      return text(type);
  }
}

function plain(type: AttributeType): Carriage {
  return { type, read: quoteIdentifier, isKey: false, isOrdered: true, keepsText: true };
}

const asJson = {
  read: (column: string) => `pg_catalog.to_jsonb(${quoteIdentifier(column)})`,
  isOrdered: false,
  keepsText: false,
};

function asText(column: string): string {
  return `${quoteIdentifier(column)}::text`;
}

function text(type: CatalogType): Carriage {
  return {
    ...plain({ kind: "text" }),
    read: asText,
    keepsText: false,
    note: `There is no type for ${type.declared}; its values are kept as text.`,
  };
}

/** Items of lists by the name of the array's type. */
const itemKinds: Readonly<Record<string, ScalarType["kind"]>> = {
  _text: "text",
  _varchar: "text",
  _int2: "integer",
  _int4: "integer",
  _int8: "bigint",
  _numeric: "decimal",
  _bool: "boolean",
  _date: "date",
  _time: "time",
  _timestamptz: "timestamp",
  _uuid: "uuid",
};

/** PostgreSQL's arrays may hold arrays and nothing; lists hold values only. */
function array(type: CatalogType): Carriage {
  const kind = Object.hasOwn(itemKinds, type.name) ? itemKinds[type.name] : undefined;
  if (kind === undefined || kind === "choice") {
    return { ...plain({ kind: "json" }), ...asJson, note: `The list ${type.declared} is kept as JSON.` };
  }
  const items = (column: string) =>
    `select item from pg_catalog.unnest(${quoteIdentifier(column)}) with ordinality as part(item, place)`;
  return {
    ...plain({ kind: "list", of: { kind } }),
    read: (column) =>
      `case when ${quoteIdentifier(column)} is not null then array(${items(column)} where item is not null order by place)${
        type.name === "_int2" ? "::integer[]" : type.name === "_varchar" ? "::text[]" : ""
      } end`,
    isOrdered: false,
    keepsText: false,
    note: `${type.declared} is now a list; empty items are left out, and lists in it are joined.`,
  };
}

/** Months have no length; only an interval that is declared without them is one. */
function isLength({ declared }: CatalogType): boolean {
  return /^interval (?:day|hour|minute|second)\b/.test(declared);
}

function duration(type: CatalogType): Carriage {
  return {
    ...plain({ kind: "duration" }),
    read: (column) => {
      const [days, name] = [`extract(day from ${quoteIdentifier(column)})::integer`, quoteIdentifier(column)];
      return `${name} - make_interval(days => ${days}) + make_interval(hours => ${days} * 24)`;
    },
    keepsText: false,
    note: `${type.declared} is now a length of time; its days have 24 hours.`,
  };
}

/** The length of varchar(n) and char(n) is the modifier less the four bytes of a header. */
function length({ modifier }: CatalogType): { readonly maxLength?: number } {
  return modifier > 4 ? { maxLength: modifier - 4 } : {};
}

const longestBigint = 18;

function numeric({ modifier }: CatalogType): Carriage {
  if (modifier < 4) return plain({ kind: "decimal" });
  const precision = ((modifier - 4) >> 16) & 0xffff;
  // Eleven bits with a sign.
  const scale = (((modifier - 4) & 0x7ff) ^ 1024) - 1024;
  const isPlain = scale >= 0 && scale <= precision;
  const carriage = plain(isPlain ? { kind: "decimal", precision, scale } : { kind: "decimal" });
  return { ...carriage, isKey: scale === 0 && precision <= longestBigint };
}

/** The type of a key: a decimal without fraction is a bigint. */
export function keyType(type: AttributeType): AttributeType {
  return type.kind === "decimal" ? { kind: "bigint" } : type;
}

export function choiceOptions(labels: readonly string[]): Extract<AttributeType, { kind: "choice" }>["options"] {
  const names = optionNames();
  return labels.map((stored) => ({ name: names.claim(optionNameOf(stored), { ending: "Option" }), stored }));
}
