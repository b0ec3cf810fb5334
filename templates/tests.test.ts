import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { readApp } from "#lib/codegen/graphql/operations/readApp.ts";
import { printTests } from "#lib/model/tests/printTests.ts";
import { testFilePath } from "#lib/model/tests/testFiles.ts";
import { readTests } from "#lib/plan/tests/readTests.ts";
import { runTests } from "#server/runtime/tests/runTests.ts";
import { modelDatabase } from "#tests/support/modelDatabase.ts";
import { templateSources } from "#tests/support/servedTemplate.ts";
import { templates } from "./catalogue.ts";

describe.each(templates)("the tests of $title", async ({ id }) => {
  const sources = await templateSources(id);
  const { model, problems } = readApp(sources);
  const { files } = readTests(sources, model);

  test("fit the model and are written as Gantry itself would write them", () => {
    expect(problems).toEqual([]);
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) expect(sources[testFilePath(file.name)]).toBe(printTests(file));
  });

  test("pass", async () => {
    if (!model) throw new Error("The template is not sound.");
    await using database = await modelDatabase(model);
    const encryption = { current: "k", keys: [{ id: "k", key: randomBytes(32).toString("base64url") }] };
    const { results } = await runTests({ model, databaseUrl: database.url, encryption, tests: files });
    expect(results.filter(({ state }) => state === "failed")).toEqual([]);
    expect(results.length).toBeGreaterThan(10);
  });
});
