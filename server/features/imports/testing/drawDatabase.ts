import type { GeneratorValue } from "fast-check";
import * as fc from "fast-check";

type Draw = GeneratorValue;

const texts = [
  ...[
    "",
    " ",
    "plain",
    "it's",
    'say "x"',
    "a\\b",
    "\\N",
    "\\.",
    "two\nlines",
    "tab\tand\rreturn",
    "ü 漢 🙂",
    "$$",
    "NULL",
    "{a,b}",
  ],
  "x".repeat(300),
];

/** Types with values of each, as SQL literals. */
const types: Readonly<Record<string, readonly string[]>> = {
  smallint: ["0", "-32768", "32767"],
  integer: ["0", "-2147483648", "2147483647"],
  bigint: ["0", "-9223372036854775808", "9223372036854775807"],
  "numeric(12,3)": ["0", "123456789.123", "-0.001"],
  numeric: ["0", "1e30", "12345678901234567890.000000000100", "'NaN'"],
  real: ["32.38", "1e-45", "3.4028235e38", "0.1", "'NaN'", "'-Infinity'"],
  "double precision": ["0.1", "5e-324", "1.7976931348623157e308", "-0"],
  money: ["'$0.00'", "'-$12,345.67'"],
  boolean: ["true", "false"],
  date: ["'2026-02-28'", "'0001-01-01'", "'infinity'"],
  timestamp: ["'2026-01-02 03:04:05.678901'", "'1900-01-01'"],
  timestamptz: ["'2026-01-02 03:04:05.678901+05:30'", "'-infinity'"],
  time: ["'23:59:59.999999'", "'00:00'"],
  interval: ["'1 year -2 days 03:04:05.6'", "'-1 mon'"],
  uuid: ["'00000000-0000-4000-8000-00000000000a'"],
  text: texts.map(literal),
  "varchar(400)": texts.map(literal),
  "char(12)": ["'ab'", "' ab '", "''"],
  json: [`'{"b": 1, "a": [1.10, null, "x\\"y"]}'`, "'\"text\"'", "'null'"],
  jsonb: [`'{"b": 1, "a": [1.10, null, "x\\\\y"]}'`, "'1e400'"],
  bytea: ["'\\x00ff'"],
  inet: ["'10.0.0.1/8'", "'::1'"],
  "integer[]": ["'{1,NULL,3}'", "'{}'", "'{{1,2},{3,4}}'"],
  "text[]": [`'{"a,b","c\\\\d",NULL,""}'`],
  int4range: ["'[1,5)'", "'empty'"],
  point: ["'(1.5,-2)'"],
  colour: ["'red'", "'dark blue'"],
  percent: ["0", "100"],
};

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

interface Table {
  readonly name: string;
  readonly keys: readonly string[];
  /** Type of the single key; null where there is none to refer to. */
  readonly keyType: string | null;
}

const tableNames = ["people", "orders", "Order Lines", "statuses", "boxes", "news", "tbl_x", "größe"];
const columnNames = ["name", "Amount", "note", "created_at", "is_ok", "data", "z", "ORDER", "kind", "a b"];

/** A script that makes tables of any shape that refer to each other, with rows. */
export function drawDatabase(draw: Draw): string {
  const script = [
    "CREATE TYPE colour AS ENUM ('red', 'dark blue');",
    "CREATE DOMAIN percent AS integer CHECK (VALUE BETWEEN 0 AND 100);",
  ];
  const tables: Table[] = [];
  for (const name of draw(fc.shuffledSubarray, tableNames, { minLength: 1, maxLength: 5 }))
    tables.push(drawTable(draw, { name, earlier: tables, script }));
  const joinable = tables.filter((table) => table.keys.length > 0);
  const [one, other] = joinable;
  if (one && other && draw(fc.boolean)) script.push(...joinTable(one, other));
  return script.join("\n");
}

function drawTable(
  draw: Draw,
  { name, earlier, script }: { readonly name: string; readonly earlier: readonly Table[]; readonly script: string[] },
): Table {
  const kind = draw(() => fc.constantFrom("serial", "identity", "integer", "uuid", "text", "composite", "none"));
  const columns = draw(fc.shuffledSubarray, columnNames, { maxLength: 6 }).map((column) => ({
    name: column,
    type: draw(() => fc.constantFrom(...Object.keys(types))),
  }));
  const targets = earlier.filter((table) => table.keyType !== null && table.keys.length > 0);
  const links = draw(fc.shuffledSubarray, targets, { maxLength: Math.min(2, targets.length) });
  const self = kind === "integer" && draw(fc.boolean);
  const definitions = [
    ...keyColumns(kind),
    ...columns.map((column) => `"${column.name}" ${column.type}`),
    ...links.map((target) => `"${target.name} ref" ${target.keyType} REFERENCES "${target.name}"`),
    ...(self ? [`parent_id integer REFERENCES "${name}"`] : []),
    ...(kind === "composite" ? ["PRIMARY KEY (k1, k2)"] : []),
  ];
  script.push(`CREATE TABLE "${name}" (${definitions.join(", ")});`);
  const rows = draw(fc.nat, { max: 6 });
  const keys = Array.from({ length: rows }, (_, index) => keyValues(kind, index));
  for (const [index, key] of keys.entries()) {
    const values = [
      ...key,
      ...columns.map(({ type }) => drawValue(draw, types[type] ?? [])),
      ...links.map((target) => drawValue(draw, target.keys)),
      ...(self ? [index === 0 ? "NULL" : drawValue(draw, keys.slice(0, index).flat())] : []),
    ];
    const names = [
      ...(key.length === 2 ? ["k1", "k2"] : key.length === 1 ? ["id"] : []),
      ...columns.map((column) => `"${column.name}"`),
      ...links.map((target) => `"${target.name} ref"`),
      ...(self ? ["parent_id"] : []),
    ];
    const overriding = kind === "identity" ? "OVERRIDING SYSTEM VALUE" : "";
    const list =
      names.length > 0 ? `(${names.join(", ")}) ${overriding} VALUES (${values.join(", ")})` : "DEFAULT VALUES";
    script.push(`INSERT INTO "${name}" ${list};`);
  }
  const isSingle = kind !== "composite" && kind !== "none";
  return { name, keys: isSingle ? keys.flat() : [], keyType: isSingle ? keyType(kind) : null };
}

function joinTable(one: Table, other: Table): readonly string[] {
  return [
    `CREATE TABLE pairs (a ${one.keyType} REFERENCES "${one.name}", b ${other.keyType} REFERENCES "${other.name}", PRIMARY KEY (a, b));`,
    `INSERT INTO pairs SELECT one.id, other.id FROM "${one.name}" one, "${other.name}" other;`,
  ];
}

function keyColumns(kind: string): readonly string[] {
  switch (kind) {
    case "serial":
      return ["id serial PRIMARY KEY"];
    case "identity":
      return ["id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY"];
    case "integer":
      return ["id integer PRIMARY KEY"];
    case "uuid":
      return ["id uuid PRIMARY KEY"];
    case "text":
      return ["id text PRIMARY KEY"];
    case "composite":
      return ["k1 integer", "k2 text"];
    default:
      return [];
  }
}

function keyType(kind: string): string {
  return kind === "uuid" || kind === "text" ? kind : kind === "identity" ? "bigint" : "integer";
}

function keyValues(kind: string, index: number): readonly string[] {
  switch (kind) {
    case "serial":
    case "identity":
      return [String(index * 10 + 1)];
    case "integer":
      return [String(index - 2)];
    case "uuid":
      return [`'00000000-0000-4000-8000-00000000000${index}'`];
    case "text":
      return [literal(`${texts[index] ?? ""}${index}`)];
    case "composite":
      return [String(index % 2), `'k${index}'`];
    default:
      return [];
  }
}

function drawValue(draw: Draw, values: readonly string[]): string {
  return draw(() => fc.constantFrom("NULL", ...values));
}
