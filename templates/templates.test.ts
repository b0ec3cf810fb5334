import { describe, expect, test } from "vitest";
import { seedFileOf } from "#lib/model/naming/seedFileOf.ts";
import { printSources } from "#lib/model/print/printSources.ts";
import { isModelFile } from "#lib/model/read/modelFiles.ts";
import { readModel } from "#lib/model/read/readModel.ts";
import { insertSeeds } from "#server/features/deployments/seeds/insertSeeds.ts";
import { readSeeds } from "#server/features/deployments/seeds/readSeeds.ts";
import { applyModelTo } from "#server/features/environments/applyModelTo.ts";
import { withOwnerSession } from "#server/features/environments/EnvironmentDatabase.ts";
import { testDatabase } from "#tests/support/postgres.ts";
import { templateSources } from "#tests/support/servedTemplate.ts";
import { templates } from "./catalogue.ts";

describe.each(templates)("$title", async ({ id, resources }) => {
  const sources = await templateSources(id);
  const { draft, problems } = readModel(sources);

  test("is a whole app without a single complaint, as large as the catalogue says", () => {
    expect(problems).toEqual([]);
    expect(draft.resources).toHaveLength(resources);
    expect(Object.keys(sources)).toContain("README.md");
  });

  test("is written as Gantry itself would write it", () => {
    const written = Object.entries(sources).filter(([path]) => isModelFile(path));
    expect(Object.fromEntries(written)).toEqual(printSources(draft));
  });

  test("says of every resource what it is, and uses every kind of relationship", () => {
    expect(draft.resources.filter(({ describe }) => !describe).map(({ name }) => name)).toEqual([]);
    const kinds = draft.resources.flatMap(({ relationships }) => relationships.map(({ kind }) => kind));
    expect([...new Set(kinds)]).toEqual(expect.arrayContaining(["belongsTo", "hasMany", "manyToMany"]));
    const toItself = draft.resources.filter(({ name, relationships }) =>
      relationships.some(({ target }) => target === name),
    );
    expect(toItself.length).toBeGreaterThan(0);
  });

  test("says who may do what with every resource", () => {
    expect(draft.resources.filter(({ policies }) => !policies?.length).map(({ name }) => name)).toEqual([]);
    expect(draft.app.roles?.filter(({ describe }) => !describe)).toEqual([]);
  });

  test("brings rows for every resource that fit the model and each other", () => {
    const tables = readSeeds(draft, sources);
    expect(tables.map(({ file }) => file).sort()).toEqual(draft.resources.map(({ name }) => seedFileOf(name)).sort());
    for (const { rows } of tables) expect(rows.length).toBeGreaterThan(0);
    expect(tables.reduce((total, { rows }) => total + rows.length, 0)).toBeGreaterThanOrEqual(20);
  });

  test("is brought to a database with its rows, and nothing is left to do", async () => {
    await using database = await testDatabase();
    await applyModelTo(database.url, draft);
    const tables = readSeeds(draft, sources);
    const inserted = await withOwnerSession(database.url, (sql) => insertSeeds(sql, draft, tables));
    expect(inserted?.rows).toBe(tables.reduce((total, { rows }) => total + rows.length, 0));
    expect((await applyModelTo(database.url, draft)).steps).toEqual([]);
  });
});
