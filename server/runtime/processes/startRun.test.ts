import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ModelDatabase, modelDatabase } from "#tests/support/modelDatabase.ts";
import { Database } from "../exec/Database.ts";
import { App } from "../host/App.ts";
import type { RunStart } from "./RunStart.ts";
import { maxDepth, startRun } from "./startRun.ts";
import { processModel } from "./testing/processModel.ts";

const app = new App({
  hash: "a",
  model: processModel([
    {
      name: "greet",
      input: [
        { name: "who", type: { kind: "text" }, required: true, maxLength: 5 },
        {
          name: "year",
          type: { kind: "integer" },
          required: true,
          default: { kind: "expression", expression: "2 * 1013" },
        },
        { name: "amount", type: { kind: "decimal" }, required: false, default: { kind: "literal", value: "1.50" } },
      ],
      steps: [],
    },
  ]),
});
const environment = { app, cipher: null };
const start = (given: Partial<RunStart> = {}): RunStart => ({
  process: "greet",
  input: { who: "Ada" },
  cause: { kind: "call", id: "key", depth: 0 },
  key: null,
  ...given,
});

let held: ModelDatabase;
let database: Database;
beforeAll(async () => {
  held = await modelDatabase(app.model);
  database = new Database(held.url);
});
afterAll(async () => {
  await database.close();
  await held[Symbol.asyncDispose]();
});

const begin = (given?: Partial<RunStart>) => database.own((sql) => startRun(sql, { environment, start: start(given) }));

describe("A run", () => {
  test("is begun in the caller's transaction, with all inputs, and keeps its version", async () => {
    const { id, isNew } = await begin();
    expect(isNew).toBe(true);
    const [run] = await held.sql`SELECT r.*, p.program FROM gantry_runs r JOIN gantry_processes p ON p.hash = r.version
      WHERE id = ${id}`;
    expect(run).toMatchObject({
      process: "greet",
      status: "waiting",
      input: '{"who":"Ada","year":2026,"amount":"1.50"}',
    });
    expect(JSON.parse(run?.program)).toMatchObject({ process: { name: "greet" } });
    await expect(
      database.own(async (sql) => {
        await startRun(sql, { environment, start: start({ key: "undone" }) });
        throw new Error("undone");
      }),
    ).rejects.toThrow("undone");
    expect(await held.sql`SELECT 1 FROM gantry_runs WHERE key = 'undone'`).toHaveLength(0);
  });

  test("is one for all starts with a key, also at the same time", async () => {
    const started = await Promise.all(Array.from({ length: 8 }, () => begin({ key: "one" })));
    expect(new Set(started.map(({ id }) => id)).size).toBe(1);
    expect(started.filter(({ isNew }) => isNew)).toHaveLength(1);
  });

  test("is refused to callers whose input does not fit, and has failed where nobody asked", async () => {
    const input = { who: "Ada Lovelace", more: 1 };
    await expect(begin({ input })).rejects.toMatchObject({
      code: "invalid_input",
      fields: [{ field: "more" }, { field: "who", rule: "maxLength" }],
    });
    const { id } = await begin({ input, cause: { kind: "change", id: "event", depth: 1 } });
    const [run] = await held.sql`SELECT * FROM gantry_runs WHERE id = ${id}`;
    expect(run).toMatchObject({ status: "failed", wake_at: null, input: JSON.stringify(input) });
    expect(JSON.parse(run?.error)).toMatchObject({ code: "invalid_input" });
  });

  test("fails at once where too many runs led to it", async () => {
    const { id } = await begin({ cause: { kind: "change", id: "event", depth: maxDepth + 1 } });
    const [run] = await held.sql`SELECT * FROM gantry_runs WHERE id = ${id}`;
    expect(JSON.parse(run?.error)).toMatchObject({ code: "too_deep" });
  });
});
