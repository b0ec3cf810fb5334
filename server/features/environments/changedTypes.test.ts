import postgres from "postgres";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { aModel, anAttribute, aResource } from "#lib/compile/schema/fixtures.ts";
import { placedModel } from "#lib/compile/schema/placeColumns.ts";
import type { LiveModel, ModelPlan } from "#lib/compile/schema/planModelSchema.ts";
import type { Attribute, AttributeType, Model } from "#lib/model/types.ts";
import { type TestDatabase, testDatabase } from "#tests/support/postgres.ts";
import { applyModelTo } from "./applyModelTo.ts";
import { withOwnerSession } from "./EnvironmentDatabase.ts";
import { PlanRefusedError } from "./PlanRefusedError.ts";
import { planModel } from "./planModel.ts";

let database: TestDatabase;
let sql: postgres.Sql;
let live: LiveModel | null;

beforeEach(async () => {
  database = await testDatabase();
  sql = postgres(database.url, { max: 2, onnotice: () => {}, connection: { TimeZone: "UTC" } });
  live = null;
});

afterEach(async () => {
  await sql.end();
  await database[Symbol.asyncDispose]();
});

const text = { kind: "text" } as const;
const integer = { kind: "integer" } as const;

function orders(type: AttributeType, parts: Partial<Attribute> = {}): Model {
  return aModel(aResource("Order", { attributes: [anAttribute("code", type, parts)] }));
}

/** Both halves of a deploy, with the switch in between. */
async function deploy(model: Model): Promise<ModelPlan> {
  const plan = await applyModelTo(database.url, model, { live, only: ({ when }) => when === "beforeSwitch" });
  live = { model, places: plan.places };
  await applyModelTo(database.url, model, { live, only: ({ when }) => when === "afterSwitch" });
  expect((await withOwnerSession(database.url, (owner) => planModel(owner, model, { live }))).steps).toEqual([]);
  return plan;
}

function columnOf(plan: ModelPlan, model: Model): string {
  return placedModel(model, plan.places).resources[0]?.attributes[0]?.column ?? "";
}

async function refusals(model: Model): Promise<readonly string[]> {
  const error = await applyModelTo(database.url, model, { live }).catch((thrown: unknown) => thrown);
  if (!(error instanceof PlanRefusedError)) throw error;
  return error.refusals.map(({ sentence }) => sentence);
}

async function codes(column: string): Promise<readonly unknown[]> {
  return (await sql`select ${sql(column)} as code from orders order by id`).map(({ code }) => code);
}

describe("an attribute whose type changes", () => {
  test("gets a column of its own, filled, and both versions read what the other writes", async () => {
    await deploy(orders(text));
    await sql`insert into orders (code) select n::text from generate_series(1, 20000) n`;
    await sql`insert into orders (code) values ('007'), (null)`;
    const plan = await deploy(orders(integer));
    expect(columnOf(plan, orders(integer))).toBe("code__integer");
    expect(plan.steps.map(({ kind, cost }) => `${kind}: ${cost}`)).toEqual([
      "addColumn: instant",
      "createFunction: instant",
      "createTrigger: instant",
      "fillColumn: writes the table",
    ]);
    expect(await sql`select from orders where code::integer is distinct from code__integer`).toHaveLength(0);
    // What is spelled otherwise is left as it is.
    expect(await sql`select from orders where code = '007' and code__integer = 7`).toHaveLength(1);
    await sql`delete from orders`;
    const inserted = async (column: string, value: unknown) => {
      const [row] = await sql`insert into orders ${sql({ [column]: value })} returning id, code, code__integer`;
      return row;
    };
    const old = await inserted("code", "12");
    expect(old).toMatchObject({ code: "12", code__integer: 12 });
    const made = await inserted("code__integer", 34);
    expect(made).toMatchObject({ code: "34", code__integer: 34 });
    expect(await inserted("code", null)).toMatchObject({ code: null, code__integer: null });
    const changed = async (column: string, value: unknown, id: unknown) => {
      const [row] =
        await sql`update orders set ${sql({ [column]: value })} where id = ${String(id)} returning code, code__integer`;
      return row;
    };
    expect(await changed("code", "56", made?.id)).toEqual({ code: "56", code__integer: 56 });
    expect(await changed("code__integer", 78, old?.id)).toEqual({ code: "78", code__integer: 78 });
    expect(await changed("code__integer", null, old?.id)).toEqual({ code: null, code__integer: null });
    // The old version may still write what the new one cannot read; it is not refused.
    expect(await changed("code", "A-7", old?.id)).toEqual({ code: "A-7", code__integer: null });
  });

  test("is refused with the values that cannot be converted, before anything is changed", async () => {
    await deploy(orders(text));
    await sql`insert into orders (code) select 'A-' || n from generate_series(1, 12) n`;
    await sql`insert into orders (code) values ('5')`;
    expect(await refusals(orders(integer))).toEqual([
      "12 values of Order.code are no whole numbers of 32 bits, such as 'A-1', 'A-2' and 'A-3'. Change them first, or give the attribute a column of its own.",
    ]);
    expect(await refusals(orders(integer, { sensitive: true }))).toEqual([
      expect.stringMatching(/^12 values of Order.code are no whole numbers of 32 bits \(id [-0-9a-f, and]+\)\. Change/),
    ]);
    await sql`update orders set code = '5' where code <> '5'`;
    expect(await refusals(orders(integer, { unique: true }))).toEqual([
      "Order.code cannot be unique: 1 value occurs more than once, such as '5'. Change it first, or leave it as it is.",
    ]);
    expect((await sql`select * from orders limit 1`).columns.map(({ name }) => name)).toEqual(["id", "code"]);
  });

  test("goes back to its first column with all that was written meanwhile, and forth again", async () => {
    await deploy(orders(text, { required: true }));
    await sql`insert into orders (code) values ('1'), ('2')`;
    await deploy(orders(integer, { required: true }));
    await sql`insert into orders (code__integer) values (3)`;
    const back = await deploy(orders(text, { required: true }));
    expect(columnOf(back, orders(text))).toBe("code");
    expect(back.steps).toEqual([]);
    expect(await codes("code")).toEqual(["1", "2", "3"]);
    await sql`insert into orders (code) values ('4')`;
    const forth = await deploy(orders(integer, { required: true }));
    expect(columnOf(forth, orders(integer))).toBe("code__integer");
    expect(await codes("code__integer")).toEqual([1, 2, 3, 4]);
    await deploy(orders(text, { required: true }));
    await sql`insert into orders (code) values ('E')`;
    expect(await refusals(orders(integer, { required: true }))).toEqual([
      "1 value of Order.code is no whole numbers of 32 bits, such as 'E'. Change it first, or give the attribute a column of its own.",
    ]);
  });

  test("goes through several types, each of which stays in step", async () => {
    await deploy(orders(integer));
    await sql`insert into orders (code) values (1), (2)`;
    await deploy(orders(text));
    await sql`insert into orders (code__text) values ('3.5')`;
    expect(await codes("code")).toEqual([1, 2, null]);
    const plan = await deploy(orders({ kind: "decimal", precision: 8, scale: 2 }));
    expect(columnOf(plan, orders({ kind: "decimal" }))).toBe("code__numeric_8_2");
    await sql`insert into orders (code__numeric_8_2) values (4), (4.25)`;
    expect(await codes("code")).toEqual([1, 2, null, 4, null]);
    expect(await codes("code__text")).toEqual(["1", "2", "3.5", "4.00", "4.25"]);
    expect(await codes("code__numeric_8_2")).toEqual(["1.00", "2.00", "3.50", "4.00", "4.25"]);
  });

  test("keeps to its defaults, whichever version leaves it out", async () => {
    await deploy(orders({ kind: "timestamp" }, { required: true, default: { kind: "now" } }));
    await sql`insert into orders default values`;
    await deploy(orders({ kind: "date" }, { required: true, default: { kind: "today" } }));
    await sql`insert into orders default values`;
    await sql`insert into orders (code) values ('2020-02-03T04:05:06Z')`;
    await sql`insert into orders (code__date) values ('2020-03-04')`;
    const rows =
      await sql`select (code at time zone 'UTC')::date = code__date as same, code__date::text from orders order by id`;
    expect(rows.map(({ same }) => same)).toEqual([true, true, true, true]);
    expect(rows.slice(2).map(({ code__date }) => code__date)).toEqual(["2020-02-03", "2020-03-04"]);
  });

  test("to one that says nothing of its values is refused while there are any", async () => {
    await deploy(orders({ kind: "boolean" }));
    await sql`insert into orders (code) values (true)`;
    expect(await refusals(orders({ kind: "date" }))).toEqual([
      'Order.code holds 1 value as boolean in the column "code" of "orders", which cannot become dates such as 2026-01-31. Give the attribute a column of its own.',
    ]);
    await sql`update orders set code = null`;
    const plan = await deploy(orders({ kind: "date" }));
    expect(columnOf(plan, orders({ kind: "date" }))).toBe("code__date");
    await sql`insert into orders (code__date) values ('2026-01-31')`;
  });
});

describe("limits that are tightened", () => {
  test("are refused with the values outside them, and are no matter where they stay as they were", async () => {
    await deploy(orders(text, { maxLength: 20 }));
    await sql`insert into orders (code) values ('short'), ('much too long')`;
    expect(await refusals(orders(text, { maxLength: 8 }))).toEqual([
      "1 value of Order.code, such as 'much too long' is outside its new limits. Change it first, or keep the limits.",
    ]);
    await sql`insert into orders (code) values (repeat('x', 30))`;
    await deploy(orders(text, { maxLength: 20 }));
  });
});

describe("a group that is unique under a condition", () => {
  const open = (type: AttributeType, when: string) =>
    aModel(
      aResource("Order", {
        attributes: [anAttribute("code", type), anAttribute("stage", text)],
        conditionalUniques: [{ fields: ["code"], when }],
      }),
    );

  test("is asked of the rows that fulfil it, kept for these alone, and follows its attribute to another type", async () => {
    const plain = aModel(aResource("Order", { attributes: [anAttribute("code", text), anAttribute("stage", text)] }));
    await deploy(plain);
    await sql`insert into orders (code, stage) values ('1', 'open'), ('1', 'open'), ('2', 'done'), ('2', 'done')`;
    expect(await refusals(open(text, "stage == 'open'"))).toEqual([
      "Order.code cannot be unique: 1 value occurs more than once, such as '1'. Change it first, or leave it as it is.",
    ]);
    await sql`update orders set stage = 'done' where id = (select min(id::text)::uuid from orders where code = '1')`;
    await deploy(open(text, "stage == 'open'"));
    await sql`insert into orders (code, stage) values ('2', 'done')`;
    await expect(sql`insert into orders (code, stage) values ('1', 'open')`).rejects.toMatchObject({ code: "23505" });
    await deploy(open(integer, "stage == 'open'"));
    await expect(sql`insert into orders (code__integer, stage) values (1, 'open')`).rejects.toMatchObject({
      code: "23505",
    });
    await deploy(open(integer, "stage == 'new'"));
    await sql`insert into orders (code__integer, stage) values (1, 'open')`;
  });
});
