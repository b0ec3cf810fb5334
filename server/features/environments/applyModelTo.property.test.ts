import fc from "fast-check";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { modelToSchema } from "#lib/compile/schema/modelToSchema.ts";
import { placedModel } from "#lib/compile/schema/placeColumns.ts";
import type { LiveModel, ModelPlan } from "#lib/compile/schema/planModelSchema.ts";
import type { Model } from "#lib/model/types.ts";
import type { Schema } from "#lib/sql/ddl/Schema.ts";
import { tableName } from "#lib/sql/ddl/statements.ts";
import { quoteIdentifier } from "#lib/sql/identifier.ts";
import { type TestDatabase, testDatabase } from "#tests/support/postgres.ts";
import { Random } from "#tests/support/Random.ts";
import { evolve, randomModel } from "#tests/support/randomModel.ts";
import { randomRow, type StoredRow } from "#tests/support/randomRow.ts";
import { testSeed } from "#tests/support/testSeed.ts";
import { applyModelTo } from "./applyModelTo.ts";
import { withOwnerSession } from "./EnvironmentDatabase.ts";
import { introspect } from "./introspect.ts";
import { PlanRefusedError } from "./PlanRefusedError.ts";
import { planModel } from "./planModel.ts";

let database: TestDatabase;
let sql: postgres.Sql;

beforeAll(async () => {
  database = await testDatabase();
  sql = postgres(database.url, { max: 1, onnotice: () => {}, prepare: false });
});

afterAll(async () => {
  await sql.end();
  await database[Symbol.asyncDispose]();
});

const seed = testSeed;
const runs = Number(process.env.RUNS ?? 20);
const versions = 4;

describe(`random models (SEED=${seed})`, () => {
  test("a new database holds exactly what its model asks for", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), async (number) => {
        await empty();
        const model = randomModel(new Random(number));
        await applyModelTo(database.url, model);
        expect(await read()).toEqual(bare(modelToSchema(model)));
      }),
      { seed, numRuns: runs },
    );
  }, 300_000);

  test("from version to version no value is lost, neighbours both insert, and a second plan is empty", async () => {
    let applied = 0;
    await fc.assert(
      fc.asyncProperty(fc.nat(), async (number) => {
        await empty();
        applied += await liveThrough(new Random(number));
      }),
      { seed, numRuns: runs, endOnFailure: true },
    );
    // Otherwise nearly everything was refused and the test shows little.
    expect(applied).toBeGreaterThan(runs);
  }, 600_000);
});

/** Takes one app through its versions and returns how many changes were applied. */
async function liveThrough(random: Random): Promise<number> {
  const rows = new Rows(random);
  let model = randomModel(random);
  let live: LiveModel = { model, places: (await applyModelTo(database.url, model)).places };
  await rows.insert(model);
  let applied = 0;
  for (let version = 1; version < versions; version += 1) {
    const next = evolve(random, model);
    const before = await read();
    const plan = await attempt(next, live);
    if (!plan) {
      expect(await read()).toEqual(before);
      continue;
    }
    applied += 1;
    const filled = plan.steps.filter((step) => step.kind === "fillColumn").map((step) => step.table);
    await rows.expectAll(filled);
    const placed = placedModel(next, plan.places);
    await rows.insert(placed);
    await rows.insert(placedModel(model, live.places));
    await rows.expectAll();
    const rest = await attempt(next, live);
    // The old version may have left empty what the new one requires; that is refused with its count.
    if (!rest) {
      await rows.expectAll();
      return applied;
    }
    live = { model: next, places: plan.places };
    await applyModelTo(database.url, next, { live });
    await rows.expectAll(filled);
    expect((await withOwnerSession(database.url, (owner) => planModel(owner, next, { live }))).steps).toEqual([]);
    await rows.insert(placed);
    model = next;
  }
  return applied;
}

async function attempt(model: Model, live: LiveModel): Promise<ModelPlan | null> {
  try {
    return await applyModelTo(database.url, model, { live, only: (step) => step.when === "beforeSwitch" });
  } catch (error) {
    if (!(error instanceof PlanRefusedError)) throw error;
    return null;
  }
}

/** All rows that were ever inserted, as they were right after. */
class Rows {
  readonly #random: Random;
  readonly #known = new Map<string, StoredRow[]>();
  #number = 0;

  constructor(random: Random) {
    this.#random = random;
  }

  async insert(model: Model): Promise<void> {
    for (const resource of model.resources) {
      for (let count = this.#random.below(3); count > 0; count -= 1) {
        this.#number += 1;
        const row = randomRow(this.#random, resource, {
          number: this.#number,
          findKey: (name) => {
            const target = model.resources.find((candidate) => candidate.name === name);
            const found = target && this.#known.get(target.table);
            return target && found && found.length > 0 ? this.#random.pick(found)[target.key.column] : null;
          },
        });
        if (row) await this.#add(resource.table, row);
      }
    }
    for (const resource of model.resources) {
      for (const link of resource.relationships) {
        if (link.kind !== "manyToMany" || this.#known.has(link.table)) continue;
        const target = model.resources.find((candidate) => candidate.name === link.target);
        const source = this.#known.get(resource.table)?.at(-1)?.[resource.key.column];
        const other = target && this.#known.get(target.table)?.at(-1)?.[target.key.column];
        if (source === undefined || other === undefined) continue;
        await this.#add(link.table, { [link.sourceColumn]: source, [link.targetColumn]: other });
      }
    }
  }

  async #add(table: string, row: StoredRow): Promise<void> {
    const columns = Object.keys(row).map(quoteIdentifier).join(", ");
    const name = tableName(table);
    const source = columns
      ? `(${columns}) select ${columns} from jsonb_populate_record(null::${name}, $1::text::jsonb)`
      : "default values";
    const text = `insert into ${name} as inserted ${source} returning to_jsonb(inserted) as row`;
    const [made] = await sql.unsafe<{ row: StoredRow }[]>(text, columns ? [JSON.stringify(row)] : []);
    if (!made) throw new Error("Nothing was inserted.");
    this.#known.set(table, [...(this.#known.get(table) ?? []), made.row]);
  }

  /** Every known row is there with every value that it had; in `filled` tables an empty one may have got a value. */
  async expectAll(filled: readonly string[] = []): Promise<void> {
    for (const [table, known] of this.#known) {
      const found = (
        await sql.unsafe<{ row: StoredRow }[]>(`select to_jsonb(t) as row from ${tableName(table)} t`)
      ).map(({ row }) => row);
      expect(found).toHaveLength(known.length);
      for (const row of known) {
        const values = Object.entries(row).filter(([, value]) => value !== null || !filled.includes(table));
        expect(found).toContainEqual(expect.objectContaining(Object.fromEntries(values)));
      }
    }
  }
}

async function empty(): Promise<void> {
  await sql.unsafe("drop schema public cascade; drop schema if exists gantry cascade; create schema public");
}

function read(): Promise<Schema> {
  return withOwnerSession(database.url, introspect);
}

/** Without the places in the model, and with columns and parts in the order in which a database lists them. */
function bare(schema: Schema): Schema {
  const byName = <Part extends { readonly name: string }>(parts: readonly Part[]) =>
    parts.toSorted((one, other) => (one.name < other.name ? -1 : 1));
  const nameless = <Part extends { readonly name: string; readonly path?: unknown }>(parts: readonly Part[]) =>
    byName(parts.map(({ path: _, ...part }) => part));
  return {
    tables: byName(schema.tables).map((table) => ({
      name: table.name,
      columns: table.columns.map(({ path: _, choices: __, limits: ___, ...column }) => column),
      primaryKey: table.primaryKey,
      foreignKeys: nameless(table.foreignKeys),
      indexes: nameless(table.indexes),
      triggers: table.triggers ?? [],
    })),
    functions: schema.functions ?? [],
  };
}
