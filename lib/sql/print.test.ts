import { describe, expect, test } from "vitest";
import {
  aggregate,
  and,
  anyOf,
  as,
  binary,
  call,
  caseOf,
  cast,
  column,
  constant,
  derived,
  exists,
  isNull,
  logic,
  not,
  parameter,
  row,
  scalar,
  select,
  table,
  text,
  wholeRow,
  window,
} from "./build.ts";
import { bind } from "./PrintedStatement.ts";
import { print } from "./print.ts";

const from = [table("deals", "t1")];
const title = column("t1", "title");

describe("statements", () => {
  test("a select with everything", () => {
    const inner = select({ columns: [as("one", constant(1))], from: [table("tags", "t2")] });
    const statement = select({
      columns: [as("json", call("row_to_json", wholeRow("row 1"))), as("n", window("row_number"))],
      from: [
        derived(inner, "row 1", true),
        { kind: "recordset", source: parameter(3, "json"), alias: "t3", columns: ["a", "b"] },
      ],
      joins: [{ table: "people", alias: "t4", on: binary(column("t4", "id"), "=", column("t1", "owner_id")) }],
      where: and([binary(title, "like", parameter(0, "text", "contains")), null, exists(inner)]),
      orderBy: [
        { expression: title, descending: true },
        { expression: column("t1", "id"), descending: false },
      ],
      limit: 21,
    });
    expect(print(statement)).toEqual({
      text: `SELECT row_to_json("row 1".*) AS "json", row_number() OVER () AS "n" FROM LATERAL (SELECT 1 AS "one" FROM public."tags" AS "t2") AS "row 1", json_to_recordset($1::json) AS "t3"("a" text, "b" text) LEFT JOIN public."people" AS "t4" ON ("t4"."id" = "t1"."owner_id") WHERE (("t1"."title" like $2::text) AND EXISTS (SELECT 1 AS "one" FROM public."tags" AS "t2")) ORDER BY "t1"."title" DESC, "t1"."id" LIMIT 21`.replace(
        "LIKE",
        "like",
      ),
      slots: [
        { index: 3, encoding: "plain" },
        { index: 0, encoding: "contains" },
      ],
    });
  });

  test("arrays as the columns of rows", () => {
    const columns = ["a", 'b"c'].map((name, index) => ({ name, source: parameter(index, "text[]") }));
    const rows = { kind: "unnested", alias: "t1", columns } as const;
    expect(print(select({ columns: [as("a", column("t1", "a"))], from: [rows] })).text).toBe(
      'SELECT "t1"."a" AS "a" FROM unnest($1::text[], $2::text[]) AS "t1"("a", "b""c")',
    );
  });

  test("expressions", () => {
    const expressions = [
      not(isNull(title)),
      logic("or", []),
      logic("and", []),
      anyOf(title, parameter(0, "text[]", "list"), true),
      row([title, constant(null)]),
      caseOf([{ when: constant(true), value: text("it's") }], cast(title, "text")),
      aggregate("json_agg", wholeRow("r"), {
        filter: constant(false),
        orderBy: [{ expression: title, descending: true }],
      }),
      aggregate("count", null),
      scalar(select({ columns: [as("x", constant(2))] })),
    ];
    const columns = expressions.map((expression, index) => as(`c${index}`, expression));
    expect(print(select({ columns, from })).text.split(", ")).toMatchInlineSnapshot(`
      [
        "SELECT (NOT ("t1"."title" IS NULL)) AS "c0"",
        "false AS "c1"",
        "true AS "c2"",
        "("t1"."title" <> ALL ($1::text[])) AS "c3"",
        "ROW("t1"."title"",
        "null) AS "c4"",
        "CASE WHEN true THEN 'it''s' ELSE ("t1"."title")::text END AS "c5"",
        "json_agg("r".* ORDER BY "t1"."title" DESC) FILTER (WHERE false) AS "c6"",
        "count(*) AS "c7"",
        "(SELECT 2 AS "x") AS "c8" FROM public."deals" AS "t1"",
      ]
    `);
  });

  test("the same value in the same encoding and type is sent once", () => {
    const columns = [
      parameter(1, "text"),
      parameter(1, "uuid"),
      parameter(1, "text", "contains"),
      parameter(1, "text"),
    ];
    const { text: printed, slots } = print(select({ columns: columns.map((value, index) => as(`c${index}`, value)) }));
    expect(printed).toBe('SELECT $1::text AS "c0", $2::uuid AS "c1", $3::text AS "c2", $1::text AS "c3"');
    expect(slots.map(({ encoding }) => encoding)).toEqual(["plain", "plain", "contains"]);
  });

  test("inserts, updates and deletes", () => {
    const insert = {
      kind: "insert",
      table: "deals",
      alias: "t1",
      columns: ["title"],
      skipConflicts: true,
      returning: [as("id", column("t1", "id"))],
    } as const;
    expect(print({ ...insert, source: { values: [parameter(0, "text")] } }).text).toBe(
      'INSERT INTO public."deals" AS "t1" ("title") VALUES ($1::text) ON CONFLICT DO NOTHING RETURNING "t1"."id" AS "id"',
    );
    expect(print({ ...insert, columns: [], skipConflicts: false, returning: [], source: { values: [] } }).text).toBe(
      'INSERT INTO public."deals" AS "t1" DEFAULT VALUES',
    );
    const where = binary(column("t1", "id"), "=", parameter(0, "uuid"));
    expect(
      print({
        kind: "update",
        table: "deals",
        alias: "t1",
        set: [{ column: "title", value: parameter(1, "text") }],
        where,
        returning: [],
      }).text,
    ).toBe('UPDATE public."deals" AS "t1" SET "title" = $1::text WHERE ("t1"."id" = $2::uuid)');
    expect(
      print({
        kind: "delete",
        table: "deals",
        alias: "t1",
        using: [{ kind: "common", name: "gantry_row" }],
        where,
        returning: [],
      }).text,
    ).toBe('DELETE FROM public."deals" AS "t1" USING "gantry_row" WHERE ("t1"."id" = $1::uuid)');
  });

  test("nodes are frozen", () => {
    expect(Object.isFrozen(title)).toBe(true);
    expect(Object.isFrozen(select({ columns: [] }))).toBe(true);
  });
});

describe("nothing that is a name or a text becomes SQL", () => {
  const nasty = [
    'a"b',
    '"; drop table deals; --',
    "'; drop table deals; --",
    "\\",
    "$1",
    "größe 🐘",
    "a\nb",
    "-- x",
    "/*",
    "row 1",
    '""',
    'U&"\\0061"',
  ];

  test.each(nasty)("%j as a name", (name) => {
    const quoted = `"${name.replaceAll('"', '""')}"`;
    const { text: printed } = print(
      select({
        columns: [as(name, column(name, name))],
        from: [table(name, name)],
        joins: [{ table: name, alias: name, on: constant(true) }],
      }),
    );
    expect(printed).toBe(
      `SELECT ${quoted}.${quoted} AS ${quoted} FROM public.${quoted} AS ${quoted} LEFT JOIN public.${quoted} AS ${quoted} ON true`,
    );
  });

  test.each(nasty)("%j as a text", (value) => {
    const { text: printed } = print(select({ columns: [as("x", text(value))] }));
    const literal = value.includes("\\")
      ? `E'${value.replaceAll("'", "''").replaceAll("\\", "\\\\")}'`
      : `'${value.replaceAll("'", "''")}'`;
    expect(printed).toBe(`SELECT ${literal} AS "x"`);
  });

  test("a NUL and an empty name are refused", () => {
    expect(() => print(select({ columns: [as("a\0b", constant(1))] }))).toThrow();
    expect(() => print(select({ columns: [as("", constant(1))] }))).toThrow();
    expect(() => print(select({ columns: [as("x", text("\0"))] }))).toThrow();
  });

  test.each([1.5, Number.NaN, Number.POSITIVE_INFINITY, 1e300])(
    "%d is no number that stands in a statement",
    (value) => {
      expect(() => print(select({ columns: [as("x", constant(value))] }))).toThrow();
      expect(() => print(select({ columns: [], limit: value }))).toThrow();
    },
  );
});

describe("values", () => {
  const slots = (encoding: "plain" | "list" | "contains" | "startsWith" | "endsWith") => ({
    slots: [{ index: 0, encoding }],
  });

  test.each([
    ["plain", "50%_\\", "50%_\\"],
    ["contains", "50%_\\", "%50\\%\\_\\\\%"],
    ["startsWith", "50%_\\", "50\\%\\_\\\\%"],
    ["endsWith", "50%_\\", "%50\\%\\_\\\\"],
  ] as const)("%s", (encoding, value, sent) => {
    expect(bind(slots(encoding), [value])).toEqual([sent]);
  });

  test("lists are array literals whatever their elements hold", () => {
    expect(bind(slots("list"), [["a", 'b"c', "d\\e", "{f,g}", "null", ""]])).toEqual([
      '{"a","b\\"c","d\\\\e","{f,g}","null",""}',
    ]);
    expect(bind(slots("list"), [[]])).toEqual(["{}"]);
  });

  test("null stays null, and a value that is missing is a defect", () => {
    expect(bind(slots("contains"), [null])).toEqual([null]);
    expect(() => bind(slots("plain"), [])).toThrow();
  });
});
