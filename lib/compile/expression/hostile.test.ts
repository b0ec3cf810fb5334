import { afterAll, beforeAll, expect, test } from "vitest";
import { type ModelDatabase, modelDatabase } from "#tests/support/modelDatabase.ts";
import { literal, operation } from "../../expression/build.ts";
import type { Expression } from "../../expression/Expression.ts";
import { booleanType, listOf, textType } from "../../expression/types.ts";
import type { Model } from "../../model/types.ts";
import { catalogOf } from "../../plan/catalog/Catalog.ts";
import { as, select } from "../../sql/build.ts";
import { bind } from "../../sql/PrintedStatement.ts";
import { print } from "../../sql/print.ts";
import { allRows } from "../read/related.ts";
import { compilationOf } from "./compilationOf.ts";

/** Texts that would be more than a text if anything were put together of them. */
const hostile = [
  "'; drop table things; --",
  "'' or true --",
  "\\'; select 1; --",
  "\\",
  "$1",
  "$$; drop table things; $$",
  '"; drop table things; --',
  "/* */",
  "%_%",
  "{a,b}",
  '{"a":1}',
  "E'\\x41'",
  "\u2028 \u00a0 🐘 \ud7ff",
  "null",
];
const names = hostile.map((text, index) => `${text}${index}`.slice(0, 60));

const model: Model = {
  app: { name: "Hostile" },
  resources: [
    {
      name: "Thing",
      plural: "things",
      table: 'things"; drop table things; --',
      key: {
        name: "id",
        column: "id'\\",
        type: { kind: "integer" },
        required: true,
        unique: true,
        default: { kind: "generated" },
      },
      attributes: [
        { name: "label", column: names[0] ?? "", type: { kind: "text" }, required: false, unique: false },
        { name: "extra", column: names[6] ?? "", type: { kind: "json" }, required: false, unique: false },
        {
          name: "state",
          column: names[3] ?? "",
          type: { kind: "choice", options: names.map((name, index) => ({ name, stored: names.at(index - 1) ?? "" })) },
          required: false,
          unique: false,
        },
      ],
      relationships: [
        {
          kind: "belongsTo",
          name: "parent",
          target: "Thing",
          column: names[5] ?? "",
          required: false,
          unique: false,
          onDelete: "restrict",
        },
        { kind: "hasMany", name: "children", target: "Thing", via: "parent" },
      ],
      uniques: [],
      indexes: [],
      actions: ["read"],
    },
  ],
};
const catalog = catalogOf(model);
let database: ModelDatabase;

beforeAll(async () => {
  database = await modelDatabase(model);
  await database.sql`insert into ${database.sql(model.resources[0]?.table ?? "")}
    ${database.sql({ [names[0] ?? ""]: hostile[0], [names[3] ?? ""]: names.at(-1), [names[6] ?? ""]: JSON.stringify(Object.fromEntries(hostile.map((text) => [text, text]))) })}`;
});
afterAll(() => database[Symbol.asyncDispose]());

const record = { root: "record", relationships: [], resource: "Thing" };
const field = (name: string, type: Expression["type"], members: readonly string[] = []): Expression => ({
  kind: "field",
  type,
  record,
  field: name,
  members,
});

async function values(
  expressions: readonly Expression[],
  context: Record<string, string> = {},
): Promise<readonly unknown[]> {
  const compilation = compilationOf(catalog);
  const { scope, from } = allRows(compilation, "Thing");
  const columns = expressions.map((expression, index) => as(`v${index}`, compilation.sqlOf(scope, expression)));
  const statement = print(select({ columns, from, joins: scope.joins }));
  const parameters = bind(statement, [], (path) => context[path.join(".")] ?? null);
  const [row] = await database.sql.unsafe(statement.text, parameters);
  return expressions.map((_, index) => row?.[`v${index}`]);
}

test("literals, lists and values of the context are themselves", async () => {
  const literals = hostile.map((text) => literal(textType, text));
  expect(await values(literals)).toEqual(hostile);
  expect(await values([literal(listOf(textType), hostile)])).toEqual([hostile]);
  expect(await values([operation("list", listOf(textType), literals)])).toEqual([hostile]);
  const context: Expression = { kind: "context", type: textType, path: ["arguments", "x'; --"] };
  expect(await values([context], { "arguments.x'; --": hostile[2] ?? "" })).toEqual([hostile[2]]);
});

test("texts are compared, searched and matched by what they are", async () => {
  const label = field("label", textType);
  const same = hostile.map((text) => operation("equal", booleanType, [label, literal(textType, text)]));
  expect(await values(same)).toEqual(hostile.map((_, index) => index === 0));
  const quoted = (text: string) =>
    [...text]
      .map((sign) => (/[A-Za-z0-9 ]/.test(sign) ? sign : /[\^$\\.*+?()[\]{}|/-]/.test(sign) ? `\\${sign}` : sign))
      .join("");
  const pattern = operation("matches", booleanType, [label, literal(textType, quoted(hostile[0] ?? ""))]);
  expect(await values([pattern])).toEqual([true]);
  const around = hostile.map((text) =>
    operation("contains", booleanType, [
      operation("concat", textType, [label, literal(textType, text)]),
      literal(textType, text),
    ]),
  );
  expect(await values(around)).toEqual(hostile.map(() => true));
});

test("members of json and options of choices are found by their names", async () => {
  const members = hostile.map((text) =>
    operation("isNotNull", booleanType, [field("extra", { kind: "json" }, [text])]),
  );
  expect(await values(members)).toEqual(hostile.map(() => true));
  const choice = { kind: "choice", options: names } as const;
  const [first] = names;
  const state = field("state", choice);
  expect(await values([state])).toEqual([first]);
  const asked = names.map((name) => operation("equal", booleanType, [state, literal(choice, name)]));
  expect(await values(asked)).toEqual(names.map((name) => name === first));
  expect(await values([operation("in", booleanType, [state, literal(listOf(choice), names)])])).toEqual([true]);
});

test("related records are reached through hostile names", async () => {
  const count: Expression = {
    kind: "related",
    type: { kind: "integer" },
    function: "count",
    from: record,
    path: ["children"],
    resource: "Thing",
    variable: "x\"'; --",
    where: null,
    value: null,
    order: [],
  };
  const parents: Expression = {
    kind: "field",
    type: textType,
    record: { ...record, relationships: ["parent"] },
    field: "label",
    members: [],
  };
  expect(await values([count, parents])).toEqual(["0", null]);
});
