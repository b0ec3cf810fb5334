import { afterAll, beforeAll, expect, test } from "vitest";
import { type ModelDatabase, modelDatabase } from "#tests/support/modelDatabase.ts";
import { typedExpression } from "../../model/expressions/typedExpression.ts";
import { type Access, fullAccess } from "../../plan/access/Access.ts";
import { catalogOf } from "../../plan/catalog/Catalog.ts";
import type { Selection } from "../../plan/types.ts";
import { bind } from "../../sql/PrintedStatement.ts";
import { compileRead } from "../read/compileRead.ts";
import { computedModel } from "../testing/computedModel.ts";

/** A computed field tells its reader no more than the reader could work out. */

const catalog = catalogOf(computedModel);
let database: ModelDatabase;

beforeAll(async () => {
  database = await modelDatabase(computedModel);
  const id = (number: number) => `00000000-0000-4000-8000-00000000000${number}`;
  await database.sql.unsafe(`
    insert into companies (id, name, city, parent_id) values ('${id(1)}', 'Acme', 'Bern', null), ('${id(2)}', 'Hidden', null, null);
    insert into deals (id, title, stage, amount, hot, quantity, company_id) values
      ('${id(3)}', 'seen', 'won', 10, true, 4, '${id(1)}'),
      ('${id(4)}', 'without amount', 'won', 100, false, 4, '${id(1)}'),
      ('${id(5)}', 'unseen', 'lost', 1000, true, 4, '${id(1)}'),
      ('${id(6)}', 'of a hidden company', 'won', 10000, true, 4, '${id(2)}')`);
});
afterAll(() => database[Symbol.asyncDispose]());

const condition = (resource: string, text: string) =>
  typedExpression(computedModel, { resource, text, expected: { kind: "boolean" } });

const restricted: Access = {
  ...fullAccess,
  key: "restricted",
  rows: (resource) =>
    resource === "Deal"
      ? condition("Deal", "stage != 'lost'")
      : resource === "Company"
        ? condition("Company", "name != 'Hidden'")
        : null,
  fieldRead: (resource, field) =>
    resource === "Deal" && field === "amount"
      ? condition("Deal", "hot == true")
      : resource === "Company" && field === "city"
        ? condition("Company", "exists(deals, stage == 'lost' && amount > 5000)")
        : null,
};

async function read(
  resource: string,
  names: readonly string[],
  access: Access,
): Promise<readonly Record<string, unknown>[]> {
  const selection: Selection = names.map((name) => ({ kind: "field", as: name, field: name }));
  const order = [{ path: ["id"], descending: false }];
  const page = { size: 10, fromEnd: false, after: null, before: null };
  const list = { where: null, order, page, output: { kind: "array", selection } } as const;
  const statement = compileRead(catalog, { kind: "many", resource, list }, access);
  const [row] = await database.sql.unsafe(statement.text, bind(statement, [])).values();
  return row?.[0] as readonly Record<string, unknown>[];
}

test("aggregates count and add up what may be seen, of fields that may be seen", async () => {
  const names = ["dealCount", "totalValue", "average", "newest", "label"];
  expect(await read("Company", names, restricted)).toEqual([
    { dealCount: 2, totalValue: "10.00", average: "5.00", newest: expect.anything(), label: "Acme" },
  ]);
  expect(await read("Company", names, fullAccess)).toEqual([
    { dealCount: 3, totalValue: "1110.00", average: "370.00", newest: expect.anything(), label: "Acme in Bern" },
    { dealCount: 1, totalValue: "10000.00", average: "10000.00", newest: "of a hidden company", label: "Hidden" },
  ]);
});

test("calculations find nothing in hidden fields and behind hidden records", async () => {
  const names = ["title", "weighted", "companyLabel", "share"];
  const number = (text: string) => expect.stringMatching(new RegExp(`^${text}0*$`));
  expect(await read("Deal", names, restricted)).toEqual([
    { title: "seen", weighted: number("10\\."), companyLabel: "Acme: seen", share: "1.000" },
    { title: "without amount", weighted: null, companyLabel: "Acme: without amount", share: null },
    { title: "of a hidden company", weighted: number("10000\\."), companyLabel: null, share: null },
  ]);
});

test("a computed field can be hidden itself, and is then nothing to others that use it", async () => {
  const hidden: Access = {
    ...fullAccess,
    key: "hidden",
    fieldRead: (resource, field) =>
      resource === "Company" && field === "totalValue" ? condition("Company", "name == 'Acme'") : null,
  };
  expect(await read("Company", ["totalValue", "average"], hidden)).toEqual([
    { totalValue: "1110.00", average: "370.00" },
    { totalValue: null, average: null },
  ]);
});
