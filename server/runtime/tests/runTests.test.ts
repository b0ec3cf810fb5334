import { randomBytes } from "node:crypto";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readModel } from "#lib/model/read/readModel.ts";
import type { TestFile } from "#lib/model/testTypes.ts";
import type { Model } from "#lib/model/types.ts";
import { readTests } from "#lib/plan/tests/readTests.ts";
import { type ModelDatabase, modelDatabase } from "#tests/support/modelDatabase.ts";
import { testSeed } from "#tests/support/testSeed.ts";
import { runTests } from "./runTests.ts";
import { salesSources } from "./testing/salesSources.ts";

const model: Model = modelOf();
let database: ModelDatabase;
beforeAll(async () => {
  database = await modelDatabase(model);
});
afterAll(() => database[Symbol.asyncDispose]());

function modelOf(): Model {
  const read = readModel(salesSources);
  if (!read.model) throw new Error(read.problems.map(({ file, message }) => `${file}: ${message}`).join("\n"));
  return read.model;
}

const imports =
  'import { anonymous, create, destroy, done, get, key, read, ref, refused, row, rows, service, test, tests, update, user } from "gantry";';

/** Tests by their names: what stands between the braces. */
function filesOf(parts: Readonly<Record<string, string>>): readonly TestFile[] {
  const listed = Object.entries(parts).map(([name, body]) => `test(${JSON.stringify(name)}, { ${body} })`);
  const { files, problems } = readTests(
    { "tests/sales.ts": `${imports}\nexport default tests([${listed.join(",\n")}]);` },
    model,
  );
  expect(problems).toEqual([]);
  return files;
}

const encryption = { current: "k", keys: [{ id: "k", key: randomBytes(32).toString("base64url") }] };

async function run(parts: Readonly<Record<string, string>>, against: Model = model) {
  return runTests({ model: against, databaseUrl: database.url, encryption, tests: filesOf(parts) });
}

/** What came of each: null where it passed. */
async function reasons(parts: Readonly<Record<string, string>>): Promise<Readonly<Record<string, string | null>>> {
  const { results } = await run(parts);
  return Object.fromEntries(results.map(({ id, reason }) => [id.slice("sales/".length), reason ?? null]));
}

const team =
  'given: { ada: row("Person"), bob: row("Person"), deal: row("Deal", { title: "Big", amount: "10", owner: ref("ada") })';

/** All of these hold. */
const sound: Readonly<Record<string, string>> = {
  "service reads": `${team} }, as: service(), do: get("deal"), expect: done({ title: "Big", amount: 10, owner: ref("ada"), stage: "lead" })`,
  "kept and computed values are there": `${team}, line: row("Line", { deal: ref("deal") }) }, as: service(), do: get("deal"), expect: done({ double: "20.00", half: "5.0", lineCount: 1, lines: [ref("line")] })`,
  "numbers begin anew": `${team} }, as: service(), do: get("deal"), expect: done({ number: "D-0001", loose: "L-001" })`,
  "numbers go on": `${team} }, as: service(), do: create("Deal", { title: "A", amount: 1 }), expect: done({ number: "D-0002", loose: "L-002" })`,
  "keys go on": `given: { a: row("Tag"), b: row("Tag") }, as: key({ roles: ["rep"] }), do: create("Tag", { label: "new" }), expect: done({ id: 3 })`,
  "secrets are read by whoever may": `given: { deal: row("Deal", { secret: "4711" }) }, as: service(), do: get("deal"), expect: done({ secret: "4711" })`,
  "links are there": `given: { a: row("Tag"), b: row("Tag"), deal: row("Deal", { tags: [ref("a")] }) }, as: service(), do: update("deal", { tags: [ref("b")] }), expect: done({ tags: [ref("b")] })`,
  "defaults are worked out": `given: { deal: row("Deal", { opened: "2026-01-01" }) }, as: service(), do: get("deal"), expect: done({ due: "2026-01-15" })`,
  "whoever has no key sees what all may": `given: { a: row("Tag") }, as: anonymous(), do: read("Tag"), expect: rows(["a"])`,
  "whoever has no key sees no more": `as: anonymous(), do: read("Deal"), expect: refused("unauthenticated")`,
  "a key sees what its role may": `${team} }, as: key({ roles: ["rep"] }), do: read("Deal"), expect: rows(["deal"])`,
  "a key without roles sees nothing": `${team} }, as: key(), do: read("Deal"), expect: refused("forbidden")`,
  "a user sees the own": `${team}, other: row("Deal", { owner: ref("bob") }) }, as: user("ada"), do: read("Deal"), expect: rows(["deal"])`,
  "a user changes the own only": `${team} }, as: user("bob"), do: update("deal", { title: "Mine" }), expect: refused("not_found")`,
  "a condition narrows the list": `${team}, small: row("Deal", { amount: 1 }) }, as: service(), do: read("Deal", { where: "amount > 5 && owner != null" }), expect: rows(["deal"])`,
  "a named read takes arguments": `${team}, small: row("Deal", { amount: 1 }) }, as: key({ roles: ["rep"] }), do: read("Deal", { action: "large", input: { least: "5" } }), expect: rows(["deal"])`,
  "a named read can be narrowed": `${team} }, as: key({ roles: ["rep"] }), do: read("Deal", { action: "large", input: { least: "5" }, where: "amount < 6" }), expect: rows([])`,
  "what is destroyed is hidden": `given: { deal: row("Deal", { deletedAt: "2026-01-01T00:00:00Z" }) }, as: service(), do: read("Deal"), expect: rows([])`,
  "a transition leads on": `${team} }, as: user("ada"), do: update("deal", "offer"), expect: done({ stage: "offer", version: 2 })`,
  "a guard holds": `given: { ada: row("Person"), deal: row("Deal", { amount: 0, owner: ref("ada") }) }, as: user("ada"), do: update("deal", "offer"), expect: refused("illegal_transition")`,
  "a state has its own ways": `${team} }, as: user("ada"), do: update("deal", "win"), expect: refused("illegal_transition")`,
  "an argument is kept to its limits": `${team} }, as: user("ada"), do: update("deal", "lose", { reason: "No" }), expect: refused("invalid_input", { field: "reason" })`,
  "an action sets its fields": `${team} }, as: user("ada"), do: update("deal", "lose", { reason: "Price" }), expect: done({ stage: "lost", lostBecause: "Price" })`,
  "a validation names its field": `${team} }, as: user("ada"), do: update("deal", { opened: "2026-02-01", due: "2026-01-01" }), expect: refused("invalid_input", { field: "due" })`,
  "a limit names its field": `as: service(), do: create("Deal", { title: "A title of more than twenty", amount: 1 }), expect: refused("invalid_input", { field: "title" })`,
  "a requirement is asked": `${team.replace('title: "Big"', 'title: "Big", stage: "offer"')} }, as: user("ada"), do: destroy("deal", "drop"), expect: refused("conflict")`,
  "a lead is dropped": `${team} }, as: user("ada"), do: destroy("deal", "drop"), expect: done({ title: "Big" })`,
  "what is forbidden is": `given: { deal: row("Deal", { stage: "won" }) }, as: key({ roles: ["manager"] }), do: destroy("deal"), expect: refused("forbidden")`,
  "a field is hidden": `given: { deal: row("Deal", { margin: "5" }) }, as: key({ roles: ["rep"] }), do: get("deal"), expect: done({ margin: null })`,
  "a field is not to be written": `${team} }, as: user("ada"), do: update("deal", { margin: "5" }), expect: refused("forbidden_field", { field: "margin" })`,
  "a named create takes what it says": `as: key({ roles: ["rep"] }), do: create("Deal", "quick", { title: "Q" }), expect: done({ amount: "1" })`,
  "unique values are": `given: { core: row("Team"), ada: row("Person", { email: "a@b.io" }) }, as: service(), do: create("Person", { email: "a@b.io", name: "A", team: ref("core") }), expect: refused("conflict", { field: "email" })`,
  "records come with others": `given: { core: row("Team") }, as: service(), do: create("Deal", { title: "A", amount: 1, lines: [{ quantity: 1 }, { quantity: 2 }], owner: { email: "a@b.io", name: "A", team: ref("core") } }), expect: done({ lineCount: 2 })`,
  "what is destroyed is shown as it was": `${team}, line: row("Line", { deal: ref("deal") }) }, as: service(), do: destroy("line"), expect: done({ quantity: 1 })`,
};

describe("a test", () => {
  test("passes where the app does what is expected, whoever asks", async () => {
    const found = await reasons(sound);
    expect(Object.fromEntries(Object.entries(found).filter(([, reason]) => reason !== null))).toEqual({});
  });

  test("that fails says what was expected and what came instead", async () => {
    expect(
      await reasons({
        "done, but refused": `as: service(), do: create("Deal", { title: "A" }), expect: done()`,
        "refused, but done": `${team} }, as: user("ada"), do: update("deal", "offer"), expect: refused("forbidden")`,
        "another code": `${team} }, as: user("ada"), do: update("deal", "win"), expect: refused("forbidden")`,
        "another field": `as: service(), do: create("Deal", { title: "A" }), expect: refused("invalid_input", { field: "title" })`,
        "other values": `${team} }, as: service(), do: get("deal"), expect: done({ title: "Small", owner: ref("bob"), stage: "lead" })`,
        "masked values": `given: { deal: row("Deal", { margin: "5", secret: "4711" }) }, as: service(), do: get("deal"), expect: done({ margin: "6", secret: "no" })`,
        "other records": `${team}, two: row("Deal"), three: row("Deal") }, as: key({ roles: ["rep"] }), do: read("Deal"), expect: rows(["deal", "two"])`,
        "missing records": `${team} }, as: user("bob"), do: read("Deal"), expect: rows(["deal"])`,
        "unnamed records": `${team} }, as: service(), do: read("Team"), expect: rows([])`,
        "unseen records": `as: key({ roles: ["rep"] }), do: create("Deal", "quick", { title: "Q" }), expect: done({ stage: "won" })`,
        "rows that cannot be": `given: { a: row("Person", { email: "a@b.io" }), b: row("Person", { email: "a@b.io" }) }, as: service(), do: read("Person"), expect: rows([])`,
      }),
    ).toMatchSnapshot();
  });

  test("stands alone: in any order, and any number of times, the same comes of it", async () => {
    const names = Object.keys(sound);
    const shuffled = fc.shuffledSubarray(names, { minLength: names.length, maxLength: names.length });
    await fc.assert(
      fc.asyncProperty(shuffled, async (order) => {
        const found = await reasons(Object.fromEntries(order.map((name) => [name, sound[name] ?? ""])));
        expect(Object.values(found).filter((reason) => reason !== null)).toEqual([]);
      }),
      { numRuns: 2, seed: testSeed },
    );
  });

  test("leaves nothing behind", async () => {
    await run(sound);
    const tables = await database.sql<{ name: string }[]>`
      select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`;
    for (const { name } of tables) {
      const [row] = await database.sql.unsafe(`select count(*)::int as rows from public."${name}"`);
      expect([name, row?.rows]).toEqual([name, 0]);
    }
  });
});

describe("variants", () => {
  test("fail the tests that would notice, and no others", async () => {
    const change = (find: string, other: string): Model => {
      const text = JSON.stringify(model);
      expect(text).toContain(find);
      return JSON.parse(text.replace(find, other)) as Model;
    };
    const variants = [
      { id: "same", model },
      { id: "no minimum of reasons", model: change('"minLength":3', '"minLength":1') },
      { id: "no guard", model: change("amount > 0", "amount >= 0") },
    ];
    const { variants: found, left } = await runTests({
      model,
      databaseUrl: database.url,
      encryption,
      tests: filesOf(sound),
      variants,
    });
    expect(found).toEqual([
      { id: "same", failed: [] },
      { id: "no minimum of reasons", failed: ["sales/an argument is kept to its limits"] },
      { id: "no guard", failed: ["sales/a guard holds"] },
    ]);
    expect(left).toEqual({ tests: 0, variants: 0 });
  });

  test("what there is no time for is told", async () => {
    const spec = {
      model,
      databaseUrl: database.url,
      encryption,
      tests: filesOf(sound),
      variants: [{ id: "same", model }],
    };
    const { results, left } = await runTests({ ...spec, seconds: 0.000_001 });
    expect([results.length, left]).toEqual([0, { tests: Object.keys(sound).length, variants: 1 }]);
  });
});

describe("hostile tests", () => {
  test("fail by themselves, and the others go on", async () => {
    const many = Array.from({ length: 200 }, (_, at) => `r${at}: row("Line")`).join(", ");
    const file = { name: "sales", tests: [] };
    const as = { kind: "service" } as const;
    const expected = { kind: "done" } as const;
    const deep = JSON.parse(`${'{"parts":'.repeat(30)}1${"}".repeat(30)}`);
    const odd = [
      { name: "cycle", given: [{ name: "a", resource: "Deal", values: { owner: { row: "a" } } }] },
      { name: "gone", given: [{ name: "a", resource: "Nothing", values: {} }] },
      { name: "deep", given: [{ name: "a", resource: "Deal", values: { title: deep } }] },
      { name: "huge", given: [{ name: "a", resource: "Deal", values: { title: "x".repeat(1_000_000) } }] },
      { name: "no key", given: [{ name: "a", resource: "Tag", values: { id: "abc" } }] },
      { name: "nul", given: [{ name: "a", resource: "Person", values: { name: "\0" } }] },
      {
        name: "proto",
        given: [{ name: "a", resource: "Person", values: JSON.parse('{"__proto__": 1, "constructor": 2}') }],
      },
    ].map((test) => ({ ...test, as, do: { kind: "get", row: "a" } as const, expect: expected }));
    const good = filesOf({ many: `given: { ${many} }, as: service(), do: read("Line"), expect: refused("forbidden")` });
    const tests = [{ ...file, tests: odd }, ...good, ...filesOf({ good: sound["service reads"] ?? "" })];
    const { results } = await runTests({ model, databaseUrl: database.url, encryption, tests });
    expect(results.map(({ id, state, reason }) => `${id} ${state}: ${(reason ?? "").slice(0, 120)}`)).toMatchSnapshot();
  });

  test("a database that is gone is told, not taken for failures", async () => {
    const spec = {
      model,
      databaseUrl: database.url.replace(/\/[^/]*$/, "/gone"),
      tests: filesOf({ a: sound["service reads"] ?? "" }),
    };
    await expect(runTests(spec)).rejects.toThrow();
  });
});
