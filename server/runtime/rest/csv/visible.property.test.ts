import fc from "fast-check";
import { expect, test } from "vitest";
import { isToOne } from "#lib/model/relationships/isToOne.ts";
import { catalogOf } from "#lib/plan/catalog/Catalog.ts";
import { servedApp } from "#tests/support/servedApp.ts";
import { Random } from "../../policies/testing/Random.ts";
import { randomModel } from "../../policies/testing/randomModel.ts";
import { randomActor } from "../../policies/testing/Stage.ts";
import { randomWorld, store } from "../../policies/testing/World.ts";
import { type Cell, CsvParser } from "./CsvParser.ts";

const models = 3;
const questionsOfEach = 60;

type Members = Readonly<Record<string, unknown>>;

/** A record of a list as the cells of its row; of a record that is not there nothing is known. */
function cellsOf(record: Members, columns: readonly string[]): Cell[] {
  return columns.map((column) => {
    let value: unknown = record;
    for (const name of column.split(".")) value = (value as Members | null)?.[name] ?? null;
    return value === null ? null : String(value);
  });
}

function rowsOf(text: string): { readonly columns: readonly string[]; readonly rows: readonly Cell[][] } {
  const rows: Cell[][] = [];
  const parser = new CsvParser((cells) => rows.push(cells));
  parser.push(text);
  parser.end();
  const [header = [], ...others] = rows;
  return { columns: header.map(String), rows: others };
}

test("A table shows an actor what the list shows as JSON", { timeout: 200_000 }, async () => {
  let answered = 0;
  await fc.assert(
    fc.asyncProperty(fc.noShrink(fc.integer()), async (seed) => {
      const random = new Random(seed);
      const model = randomModel(random);
      const catalog = catalogOf(model);
      await using app = await servedApp(model);
      await store(randomWorld(catalog, random), catalog, app);
      for (let number = 0; number < questionsOfEach; number += 1) {
        const { kind, id, roles, attributes } = randomActor(random);
        const actor = JSON.stringify(kind === "anonymous" ? { kind } : { id, roles, attributes });
        const entity = random.pick([...catalog.entities.values()]);
        const ones = [...entity.relationships.values()].filter(isToOne).filter(() => random.chance(0.7));
        const include = ones.length > 0 ? `&include=${ones.map(({ name }) => name).join()}` : "";
        const sort = `${random.pick(["", "-"])}${random.pick(["n", "t", "flag"])}`;
        const path = `/rest/v1/${entity.resource.plural}?sort=${sort}${include}`;
        const headers = { "gantry-act-as": actor };
        const list = await app.fetch(`${path}&page[size]=1000`, { headers });
        const table = await app.fetch(path, { headers: { ...headers, accept: "text/csv" } });
        const told = JSON.stringify({ actor, path });
        expect(table.status, told).toBe(list.status);
        if (list.status !== 200) continue;
        answered += 1;
        const { columns, rows } = rowsOf(await table.text());
        const { data } = (await list.json()) as { readonly data: readonly Members[] };
        expect(rows, told).toEqual(data.map((record) => cellsOf(record, columns)));
      }
    }),
    { numRuns: models, endOnFailure: true },
  );
  expect(answered).toBeGreaterThan((models * questionsOfEach) / 4);
});
