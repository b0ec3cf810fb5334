import { describe, expect, test } from "vitest";
import type { Model } from "../../model/types.ts";
import type { Schema } from "../../sql/ddl/Schema.ts";
import { aLink, aModel, anAttribute, aResource, aText } from "./fixtures.ts";
import { modelToSchema } from "./modelToSchema.ts";
import { planSchema } from "./planSchema.ts";
import { type Question, questionKey } from "./Question.ts";

type Change = { readonly from: Model; readonly to: Model };

/** Plans with every question answered alike; 0 means that the rows are no obstacle. */
function plan({ from, to }: Change, { answer = 0n }: { readonly answer?: bigint } = {}) {
  const [actual, desired] = [modelToSchema(from), modelToSchema(to)];
  const open = planSchema(actual, desired).questions;
  const answers = new Map(open.map((question) => [questionKey(question), { count: answer, examples: [] }]));
  const made = planSchema(actual, desired, { answers });
  return {
    steps: made.steps.map((step) => `${step.when === "afterSwitch" ? "after: " : ""}${step.kind}`),
    sql: made.steps.map((step) => step.sql),
    costs: made.steps.map((step) => step.cost),
    refusals: made.refusals.map(({ code, path, sentence }) => `${code} ${path.join(".")}: ${sentence}`),
    questions: made.questions.map((question: Question) => question.kind),
    retired: made.retired,
  };
}

const order = (parts: Parameters<typeof aResource>[1] = {}) => aModel(aResource("Order", parts));

describe("an attribute is added", () => {
  test("at once when it may be empty or has one default for all rows", () => {
    const attributes = [
      aText("note"),
      anAttribute("isGift", { kind: "boolean" }, { required: true, default: { kind: "literal", value: false } }),
      anAttribute("at", { kind: "timestamp" }, { required: true, default: { kind: "now" } }),
    ];
    const made = plan({ from: order(), to: order({ attributes }) });
    expect(made.sql).toEqual([
      'ALTER TABLE public."orders" ADD COLUMN "note" text',
      `ALTER TABLE public."orders" ADD COLUMN "isgift" boolean DEFAULT 'false'::boolean NOT NULL`,
      'ALTER TABLE public."orders" ADD COLUMN "at" timestamp with time zone DEFAULT now() NOT NULL',
    ]);
    expect(new Set(made.costs)).toEqual(new Set(["instant"]));
    expect(made.questions).toEqual([]);
  });

  test("without NOT NULL when it is required and has no default, and only to an empty table", () => {
    const change = { from: order(), to: order({ attributes: [aText("note", { required: true })] }) };
    expect(plan(change).sql).toEqual(['ALTER TABLE public."orders" ADD COLUMN "note" text']);
    const refused = plan(change, { answer: 91n });
    expect(refused.steps).toEqual([]);
    expect(refused.refusals).toEqual([
      "value_missing Order.attributes.note: Order.note is required, but Order already has 91 rows without it. Give it a default or make it optional.",
    ]);
  });

  test("in batches when each row gets its own id", () => {
    const token = (required: boolean) =>
      order({ attributes: [anAttribute("token", { kind: "uuid" }, { required, default: { kind: "uuid" } })] });
    expect(plan({ from: order(), to: token(true) }).steps).toEqual(["addColumn", "setDefault", "fillColumn"]);
    expect(plan({ from: order(), to: token(false) }).steps).toEqual(["addColumn", "setDefault"]);
  });

  test("again under the name of a retired one, whose values come back", () => {
    const old: Schema = modelToSchema(order({ attributes: [aText("note")] }));
    expect(planSchema(old, modelToSchema(order({ attributes: [aText("comment", { column: "note" })] }))).steps).toEqual(
      [],
    );
  });
});

describe("an attribute is changed", () => {
  const note = (parts: Parameters<typeof aText>[1]) => order({ attributes: [aText("note", parts)] });

  test("to be optional at once", () => {
    const made = plan({ from: note({ required: true }), to: note({}) });
    expect(made.sql).toEqual(['ALTER TABLE public."orders" ALTER COLUMN "note" DROP NOT NULL']);
  });

  test("to be required by the runtime alone, once no row is without", () => {
    const change = { from: note({}), to: note({ required: true }) };
    expect(plan(change)).toMatchObject({ steps: [], refusals: [], questions: ["nulls"] });
    expect(plan(change, { answer: 1n }).refusals).toEqual([
      "values_missing Order.attributes.note: Order.note is required now, but 1 row has no value there. Fill it in or leave it optional.",
    ]);
  });

  test("to be unique when no value repeats", () => {
    const change = { from: note({}), to: note({ unique: true }) };
    expect(plan(change)).toMatchObject({
      sql: ['CREATE UNIQUE INDEX CONCURRENTLY "orders_note_key" ON public."orders" ("note")'],
      costs: ["builds an index"],
    });
    expect(plan(change, { answer: 3n }).refusals).toEqual([
      "values_repeated Order.attributes.note: Order.note cannot be unique: 3 values occur more than once. Change them first, or leave it as it is.",
    ]);
  });

  test("to be unique no more only after the switch", () => {
    expect(plan({ from: note({ unique: true }), to: note({}) }).steps).toEqual(["after: dropIndex"]);
  });

  test("in its default so that the version that serves keeps its own", () => {
    const value = (text: string) => ({ default: { kind: "literal", value: text } }) as const;
    expect(plan({ from: note({}), to: note(value("a")) }).steps).toEqual(["setDefault"]);
    expect(plan({ from: note(value("a")), to: note(value("b")) }).steps).toEqual(["after: setDefault"]);
    expect(plan({ from: note(value("a")), to: note({}) }).steps).toEqual(["after: dropDefault"]);
    expect(plan({ from: note({ ...value("a"), required: true }), to: note({ required: true }) }).steps).toEqual([]);
  });

  test("in type only where no stored value has to be written anew", () => {
    const typed = (type: Parameters<typeof anAttribute>[1]) => order({ attributes: [anAttribute("x", type)] });
    const decimal = (precision: number, scale: number) => typed({ kind: "decimal", precision, scale });
    expect(plan({ from: decimal(10, 2), to: decimal(12, 2) }).sql).toEqual([
      'ALTER TABLE public."orders" ALTER COLUMN "x" TYPE numeric(12,2)',
    ]);
    expect(plan({ from: decimal(10, 2), to: typed({ kind: "decimal" }) }).steps).toEqual(["setColumnType"]);
    expect(plan({ from: decimal(12, 2), to: decimal(10, 2) })).toMatchObject({
      steps: [],
      refusals: [],
      questions: ["misfits"],
    });
    expect(plan({ from: decimal(12, 2), to: decimal(10, 2) }, { answer: 2n }).refusals[0]).toMatch(
      /^values_too_long .*2 values of Order\.x have/,
    );
    expect(plan({ from: typed({ kind: "choice", options: [] }), to: typed({ kind: "text" }) })).toMatchObject({
      steps: [],
      refusals: [],
    });
    for (const [from, to] of [
      [decimal(10, 2), decimal(10, 4)],
      [typed({ kind: "integer" }), typed({ kind: "bigint" })],
      [typed({ kind: "text" }), typed({ kind: "integer" })],
    ] as const) {
      expect(plan({ from, to }).refusals[0]).toMatch(/^type_changed Order\.attributes\.x: .*Add a new attribute/);
    }
  });

  test("in its options when no row holds what was taken away", () => {
    const stage = (...stored: readonly string[]) =>
      order({
        attributes: [
          anAttribute("stage", { kind: "choice", options: stored.map((value) => ({ name: value, stored: value })) }),
        ],
      });
    expect(plan({ from: stage("a", "b"), to: stage("a") })).toMatchObject({
      steps: [],
      refusals: [],
      questions: ["strangers"],
    });
    expect(plan({ from: order({ attributes: [aText("stage")] }), to: stage("a") }, { answer: 2n }).refusals).toEqual([
      "values_unknown Order.attributes.stage: 2 rows hold a value in Order.stage that is none of its options. Change them first, or keep the option.",
    ]);
  });

  test("to be numbered by the database above the largest number", () => {
    const key = (generated: boolean) =>
      order({
        key: anAttribute(
          "id",
          { kind: "integer" },
          { required: true, ...(generated && { default: { kind: "generated" } }) },
        ),
      });
    expect(plan({ from: key(false), to: key(true) }, { answer: 11077n }).sql).toEqual([
      'ALTER TABLE public."orders" ALTER COLUMN "id" ADD GENERATED BY DEFAULT AS IDENTITY (START WITH 11078)',
    ]);
    expect(plan({ from: key(true), to: key(false) }).steps).toEqual([]);
  });
});

describe("what the model no longer has", () => {
  test("stays, and new rows may come without it", () => {
    const attributes = [aText("note", { required: true }), aText("old")];
    expect(plan({ from: order({ attributes }), to: order() })).toMatchObject({
      sql: [
        'ALTER TABLE public."orders" ALTER COLUMN "note" DROP NOT NULL',
        `COMMENT ON COLUMN public."orders"."note" IS 'gantry {"retired":{"at":"1970-01-01T00:00:00Z","release":null}}'`,
        `COMMENT ON COLUMN public."orders"."old" IS 'gantry {"retired":{"at":"1970-01-01T00:00:00Z","release":null}}'`,
      ],
      retired: [
        { table: "orders", column: "note", type: { kind: "text" } },
        { table: "orders", column: "old", type: { kind: "text" } },
      ],
    });
  });

  test("no longer stands in the way of deletes, and takes no rows along", () => {
    const customer = aResource("Customer");
    const linked = (onDelete: "restrict" | "cascade", required: boolean) =>
      aModel(customer, aResource("Order", { relationships: [aLink("customer", "Customer", { onDelete, required })] }));
    const made = plan({ from: linked("restrict", true), to: aModel(customer, aResource("Order")) });
    expect(made.steps).toEqual([
      "dropNotNull",
      "after: addForeignKey",
      "after: validateForeignKey",
      "after: dropForeignKey",
      "after: markRetired",
    ]);
    expect(made.sql[1]).toContain("ON DELETE SET NULL NOT VALID");
    expect(plan({ from: linked("cascade", false), to: aModel(customer, aResource("Order")) }).steps).toContain(
      "after: dropForeignKey",
    );
    // The rows of a retired table still go with what they belong to.
    expect(plan({ from: linked("cascade", false), to: aModel(customer) })).toMatchObject({
      steps: ["after: markRetired"],
      retired: [{ table: "orders" }],
    });
    expect(plan({ from: linked("restrict", false), to: aModel(customer) }).steps).toContain("after: dropForeignKey");
  });
});

describe("a relationship", () => {
  const customer = aResource("Customer");
  const linked = (parts: Parameters<typeof aLink>[2], target = "Customer") =>
    aModel(customer, aResource("Shop"), aResource("Order", { relationships: [aLink("customer", target, parts)] }));
  const unlinked = aModel(customer, aResource("Shop"), aResource("Order"));

  test("is added and checked without holding up writes", () => {
    const made = plan({ from: unlinked, to: linked({}) });
    expect(made.steps).toEqual(["addColumn", "createIndex", "addForeignKey", "validateForeignKey"]);
    expect(made.sql[2]).toMatch(/ NOT VALID$/);
    expect(made.refusals).toEqual([]);
    expect(plan({ from: unlinked, to: linked({ required: true }) }, { answer: 5n }).refusals[0]).toContain(
      "Make it optional.",
    );
  });

  test("gets its new rule for deletes after the switch, and loses the old one last", () => {
    expect(plan({ from: linked({ onDelete: "cascade" }), to: linked({}) }).steps).toEqual([
      "after: addForeignKey",
      "after: validateForeignKey",
      "after: dropForeignKey",
    ]);
  });

  test("cannot lead elsewhere while rows use it", () => {
    const change = { from: linked({}), to: linked({}, "Shop") };
    expect(plan(change).steps).toEqual(["addForeignKey", "validateForeignKey", "dropForeignKey"]);
    expect(plan(change, { answer: 7n }).refusals[0]).toMatch(
      /^relationship_retargeted Order\.relationships\.customer: /,
    );
  });

  test("is refused over values that point nowhere", () => {
    const loose = aModel(
      customer,
      aResource("Shop"),
      order({ attributes: [anAttribute("c", { kind: "uuid" }, { column: "customer_id" })] }).resources[0] ?? customer,
    );
    expect(plan({ from: loose, to: linked({}) }, { answer: 2n }).refusals[0]).toMatch(
      /^target_missing .*2 rows of Order point by Order\.customer/,
    );
  });
});

test("the key of a table cannot move to another column", () => {
  const key = (column: string) => order({ key: anAttribute("id", { kind: "uuid" }, { column, required: true }) });
  expect(plan({ from: key("a"), to: key("b") }).refusals[0]).toMatch(/^key_changed Order: /);
});

test("a stored name that PostgreSQL would cut is refused, and all refusals come at once", () => {
  const attributes = [aText("one", { column: "ü".repeat(32) }), aText("two", { column: "x".repeat(64) })];
  expect(plan({ from: aModel(), to: order({ attributes }) }).refusals.map((text) => text.slice(0, 36))).toEqual([
    "name_too_long Order.attributes.one: ",
    "name_too_long Order.attributes.two: ",
  ]);
});

test("an index whose building failed is cleared away and built again", () => {
  const desired = modelToSchema(order({ attributes: [aText("note", { unique: true })] }));
  const actual: Schema = {
    tables: desired.tables.map((table) => ({
      ...table,
      indexes: table.indexes.map((index) => ({ ...index, valid: index.name !== "orders_note_key" })),
    })),
  };
  expect(planSchema(actual, desired).steps.map((step) => step.sql)).toEqual([
    'DROP INDEX CONCURRENTLY IF EXISTS public."orders_note_key"',
    'CREATE UNIQUE INDEX CONCURRENTLY "orders_note_key" ON public."orders" ("note")',
  ]);
});
