import { afterAll, beforeAll, expect, test } from "vitest";
import { type ModelDatabase, modelDatabase } from "#tests/support/modelDatabase.ts";
import type { Attribute, Model, Resource } from "../../model/types.ts";
import { catalogOf, entityNamed } from "../../plan/catalog/Catalog.ts";
import { Parameters } from "../../plan/Parameters.ts";
import { completeOrder } from "../../plan/read/completeOrder.ts";
import { defaultSelection } from "../../plan/read/defaultSelection.ts";
import type { ListShape, Plan, ReadPlan, Selection } from "../../plan/types.ts";
import { planCreate, planDestroy, planUpdate } from "../../plan/write/planWrite.ts";
import { runPlan } from "../testing/runPlan.ts";

/** Tables and columns of an imported database may be called anything: a model of nasty names is read and written. */

const nasty = [
  'a"b',
  '"; drop table "x"; --',
  "n",
  "total",
  "c1",
  "json",
  "row 1",
  "t1",
  "r1",
  "r2",
  "größe 🐘",
  "$1",
  "gantry_row",
  "select",
  "%",
  "\\",
  "it's",
];

const attribute = (name: string, column: string, parts: Partial<Attribute> = {}): Attribute => ({
  name,
  column,
  type: { kind: "text" },
  required: false,
  unique: false,
  ...parts,
});

function nastyResource(index: number): Resource {
  const name = nasty[index] ?? "";
  return {
    name: `R${index}`,
    plural: `r${index}s`,
    table: `T ${name}`,
    key: attribute("id", name, { required: true, unique: true }),
    attributes: nasty.flatMap((column, at) => (at === index ? [] : [attribute(`f${at}`, column)])),
    relationships: [
      {
        kind: "belongsTo",
        name: "up",
        target: `R${(index + 1) % nasty.length}`,
        column: `up ${name}`,
        required: false,
        unique: false,
        onDelete: "setNull",
      },
      { kind: "hasMany", name: "down", target: `R${(index + nasty.length - 1) % nasty.length}`, via: "up" },
      {
        kind: "manyToMany",
        name: "many",
        target: `R${index}`,
        table: `J ${name}`,
        sourceColumn: name,
        targetColumn: `to ${name}`,
        owner: true,
      },
    ],
    uniques: [],
    indexes: [],
    actions: ["read", "create", "update", "destroy"],
  };
}

const model: Model = { app: { name: "Nasty" }, resources: nasty.map((_, index) => nastyResource(index)) };
const catalog = catalogOf(model);
let database: ModelDatabase;

beforeAll(async () => {
  database = await modelDatabase(model);
});
afterAll(() => database[Symbol.asyncDispose]());

const selectionOf = (name: string): Selection => {
  const list: ListShape = {
    where: null,
    order: completeOrder([{ path: ["f3"], descending: false }]),
    page: { size: 5, fromEnd: false, after: null, before: null },
    output: { kind: "array", selection: [{ kind: "field", as: "id", field: "id" }] },
  };
  const order = completeOrder([]);
  return [
    ...defaultSelection(entityNamed(catalog, name)),
    { kind: "one", as: "up", relationship: "up", selection: [{ kind: "field", as: "n", field: "id" }] },
    { kind: "many", as: "json", relationship: "down", list: { ...list, order } },
    { kind: "many", as: "c1", relationship: "many", list: { ...list, order } },
    { kind: "constant", as: "it's", value: "'; drop --" },
  ];
};

test.each(nasty.map((name, index) => [name, index]))("%j", async (value, index) => {
  const name = `R${index}`;
  const next = `R${(Number(index) + 1) % nasty.length}`;
  const context = (resource: string) => {
    const entity = entityNamed(catalog, resource);
    return { catalog, entity, selection: defaultSelection(entity) };
  };
  const run = (plan: Plan) => runPlan(database, catalog, plan);
  const texts = Object.fromEntries(nasty.flatMap((text, at) => (at === index ? [] : [[`f${at}`, text]])));
  await run(planCreate({ id: `next ${value}` }, context(next)));
  const created = await run(planCreate({ id: value, upId: `next ${value}`, ...texts }, context(name)));
  expect(created).toEqual({ id: value, upId: `next ${value}`, ...texts });

  await run(planUpdate(String(value), { many: [value] }, context(name)));
  const parameters = new Parameters();
  const at = parameters.add([String(value)]);
  const where = { kind: "in", path: ["up", "id"], negated: true, parameter: at } as const;
  const selection = selectionOf(name);
  const read: ReadPlan = {
    shape: {
      kind: "many",
      resource: name,
      list: {
        where,
        order: completeOrder([
          { path: [index === 0 ? "f1" : "f0"], descending: true },
          { path: ["up", "id"], descending: false },
        ]),
        page: { size: 3, fromEnd: false, after: null, before: null },
        output: {
          kind: "object",
          members: [
            { kind: "items", as: '"', selection },
            { kind: "page", as: "page", members: [{ kind: "end", as: "\\" }] },
            { kind: "count", as: "'" },
          ],
        },
      },
    },
    parameters: parameters.values,
  };
  const item = {
    ...(created as object),
    up: { n: `next ${value}` },
    json: [],
    c1: [{ id: value }],
    "it's": "'; drop --",
  };
  expect(await run(read)).toEqual({ '"': [item], page: { "\\": expect.any(String) }, "'": 1 });

  expect(await run(planDestroy(String(value), context(name)))).toEqual(created);
  await run(planDestroy(`next ${value}`, context(next)));
});
