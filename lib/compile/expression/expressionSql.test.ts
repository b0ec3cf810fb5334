import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ModelDatabase, modelDatabase } from "#tests/support/modelDatabase.ts";
import { checkExpression } from "../../expression/check/checkExpression.ts";
import { scopeOf } from "../../model/expressions/scopeOf.ts";
import { catalogOf } from "../../plan/catalog/Catalog.ts";
import { as, cast, select } from "../../sql/build.ts";
import { bind } from "../../sql/PrintedStatement.ts";
import { print } from "../../sql/print.ts";
import { allRows } from "../read/related.ts";
import { salesModel } from "../testing/salesModel.ts";
import { compilationOf } from "./compilationOf.ts";

const catalog = catalogOf(salesModel);
let database: ModelDatabase;

beforeAll(async () => {
  database = await modelDatabase(salesModel);
  await database.sql.unsafe(`
    insert into companies (id, name, city, size) values
      ('00000000-0000-4000-8000-000000000001', 'Acme', 'Köln', 'S'),
      ('00000000-0000-4000-8000-000000000002', 'Bolt', null, 'L');
    update companies set parent_id = '00000000-0000-4000-8000-000000000001' where name = 'Bolt';
    insert into people (name) values ('Ada'), ('Ben');
    update people set boss_id = 1 where person_no = 2;
    insert into deals (id, title, stage, amount, quantity, "Points; drop", closed_on, company_id, owner_id, hot, extra, created_at)
      values ('00000000-0000-4000-8000-0000000000a1', 'One', 'won', 12.50, 3, 9223372036854775807, '2026-01-31',
              '00000000-0000-4000-8000-000000000002', 2, true, '{"a": [1, {"b": null}]}', '2026-01-31T22:30:00Z'),
             ('00000000-0000-4000-8000-0000000000a2', 'Two', 'lead', null, null, null, null,
              '00000000-0000-4000-8000-000000000002', null, null, null, '9999-12-31T00:00:00Z');
    insert into tags (id, colour) values ('x', 'red'), ('y', null);
    insert into deal_tags (deal_id, tag_id) values ('00000000-0000-4000-8000-0000000000a1', 'x'), ('00000000-0000-4000-8000-0000000000a1', 'y')`);
});
afterAll(() => database[Symbol.asyncDispose]());

/** What an expression comes out as for all records of a resource, as PostgreSQL's text, in the order of their keys. */
async function values(resource: string, text: string): Promise<readonly (string | null)[]> {
  const { expression, problems } = checkExpression(text, scopeOf(salesModel, resource));
  if (!expression) throw new Error(problems.map(({ message }) => message).join(" "));
  const compilation = compilationOf(catalog);
  const { scope, from, where } = allRows(compilation, resource);
  const columns = [as("value", cast(compilation.sqlOf(scope, expression), "text"))];
  const orderBy = [{ expression: scope.column(scope.entity.key.column), descending: false }];
  const statement = print(select({ columns, from, joins: scope.joins, where, orderBy }));
  const context = (path: readonly string[]) =>
    path[0] === "now" ? "2026-02-03T04:05:06Z" : path[0] === "today" ? "2026-02-03" : null;
  const rows = await database.sql.unsafe<{ value: string | null }[]>(statement.text, bind(statement, [], context));
  return rows.map(({ value }) => value);
}

describe("of a record", () => {
  test.each<[string, string | null, string | null]>([
    ["title + '!'", "One!", "Two!"],
    ["quantity * 2 + 1", "7", null],
    ["points + 1", null, null],
    ["points - 1", "9223372036854775806", null],
    ["-points - 2", null, null],
    ["amount / 0", null, null],
    ["quantity / 2", "1", null],
    ["amount * 1.1", "13.750", null],
    ["stage == 'won'", "true", "false"],
    ["stage in ['won', 'lost']", "true", "false"],
    ["amount > 10 || closedOn == null", "true", "true"],
    ["company.name", "Bolt", "Bolt"],
    ["company.size == 'large'", "true", "true"],
    ["company.parent.size", "small", "small"],
    ["company.size in ['small']", "false", "false"],
    ["owner.boss.name", "Ada", null],
    ["owner == null", "false", "true"],
    ["count(tags)", "2", "0"],
    ["exists(tags, colour == 'red')", "true", "false"],
    ["exists(company.deals, stage == 'won')", "true", "true"],
    ["all(tags, colour != null)", "false", "true"],
    ["sum(company.deals.amount)", "12.50", "12.50"],
    ["count(company.parent.subsidiaries.deals)", "2", "2"],
    ["list(tags.colour)", "{red}", null],
    ["extra.a[1].b == null", "true", "true"],
    ["createdAt + duration('2h')", "2026-02-01 00:30:00+00", "9999-12-31 02:00:00+00"],
    ["createdAt + duration('24h')", "2026-02-01 22:30:00+00", null],
    ["createdAt - timestamp('2026-01-01T00:00:00Z')", "PT742H30M", "PT69898608H"],
    ["addMonths(closedOn, 1)", "2026-02-28", null],
    ["string(createdAt)", "2026-01-31T22:30:00Z", "9999-12-31T00:00:00Z"],
    ["int(title)", null, null],
    ["title.substring(1, 2)", "n", "w"],
    ["title.matches('[A-Z].*')", "true", "true"],
    ["least(quantity, 2)", "2", null],
    ["least(money(amount, 'EUR'), '20 EUR')", "12.50 EUR", null],
    ["greatest(money(12.5, 'EUR'), money(amount, 'EUR'), '1 EUR')", "12.5 EUR", null],
    ["least(money(amount, 'EUR'), money(1, 'CHF'))", null, null],
    ["[quantity, 1].exists(x, x > 2)", "true", "false"],
    ["daysBetween(closedOn, today())", "3", null],
    ["max(company.deals.title)", "Two", "Two"],
    ["first(company.deals.stage)", "won", "won"],
  ])("%s", async (text, one, other) => {
    expect(await values("Deal", text)).toEqual([one, other]);
  });
});

describe("nested within each other, SQL grows with the expression, not with its depth", () => {
  const chains: readonly [string, (inner: string) => string, string][] = [
    ["least", (inner) => `least(${inner}, quantity + 1)`, "points + 1"],
    ["checked sums", (inner) => `abs(${inner} + points)`, "points"],
    ["substrings", (inner) => `substring(${inner}, quantity, size(title) - 1)`, "title"],
    ["conversions", (inner) => `string(timestamp(${inner} + 'Z'))`, "title"],
    ["money", (inner) => `(money(amount, ${inner}) < money(amount, 'EUR') ? 'EUR' : title)`, "title"],
    ["lengths of time", (inner) => `(${inner} + (createdAt - createdAt))`, "(createdAt - createdAt)"],
    ["months", (inner) => `addMonths(${inner}, quantity)`, "createdAt"],
  ];
  test.each(chains)("%s", (_, wrap, start) => {
    const length = (depth: number) => {
      let text = start;
      for (let level = 0; level < depth; level += 1) text = wrap(text);
      return sqlLength(text);
    };
    const [none, some, more] = [length(2), length(6), length(10)];
    expect(more - some).toBeLessThan(2 * (some - none) + 100);
  });

  function sqlLength(text: string): number {
    const { expression, problems } = checkExpression(text, scopeOf(salesModel, "Deal"));
    if (!expression) throw new Error(problems.map(({ message }) => message).join(" "));
    const compilation = compilationOf(catalog);
    const { scope, from } = allRows(compilation, "Deal");
    return print(select({ columns: [as("value", compilation.sqlOf(scope, expression))], from })).text.length;
  }
});
