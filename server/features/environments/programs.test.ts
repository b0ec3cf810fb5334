import postgres from "postgres";
import { expect, test } from "vitest";
import { aModel, aResource, aText } from "#lib/compile/schema/fixtures.ts";
import { modelToSchema } from "#lib/compile/schema/modelToSchema.ts";
import { planSchema } from "#lib/compile/schema/planSchema.ts";
import type { Schema } from "#lib/sql/ddl/Schema.ts";
import { specialIndexName } from "#lib/sql/ddl/storedName.ts";
import { testDatabase } from "#tests/support/postgres.ts";
import { introspect } from "./introspect.ts";

const { tables } = modelToSchema(aModel(aResource("Order", { attributes: [aText("code"), aText("shout")] })));
const plain: Schema = { tables: tables.filter(({ name }) => name === "orders") };

function withPrograms(word: string, special: string): Schema {
  const definition = `() RETURNS trigger LANGUAGE plpgsql AS $gantry$ BEGIN NEW.shout := '${word}'; RETURN NEW; END $gantry$`;
  return {
    functions: [{ name: "gantry_shout", definition }],
    tables: plain.tables.map((table) => ({
      ...table,
      triggers: [
        {
          name: "gantry_shout",
          event: "BEFORE INSERT",
          action: 'FOR EACH ROW EXECUTE FUNCTION public."gantry_shout"()',
        },
      ],
      indexes: [
        {
          name: specialIndexName([table.name, "code"], special, "key"),
          unique: true,
          columns: [{ name: "code", descending: false }],
          special,
          valid: true,
        },
      ],
    })),
  };
}

test("functions, triggers and special indexes are made, replaced, left alone and cleared away", async () => {
  await using database = await testDatabase();
  const sql = postgres(database.url, { max: 1, onnotice: () => {} });
  const bring = async (desired: Schema) => {
    const { steps } = planSchema(await introspect(sql), desired);
    for (const step of steps) await sql.unsafe(step.sql);
    return steps.map(({ kind, when }) => `${when} ${kind}`);
  };
  // Made by hand: none of ours, so never touched.
  await sql`create function public.theirs() returns integer language sql return 1`;
  const open = "(code) WHERE shout IS NULL";
  await bring(withPrograms("a", open));
  expect(await bring(withPrograms("a", open))).toEqual([]);
  await sql`insert into orders (code) values ('x')`;
  expect(await bring(withPrograms("b", open))).toEqual(["beforeSwitch createFunction"]);
  await sql`insert into orders (code) values ('y')`;
  expect(await sql`select code, shout from orders order by code`).toEqual([
    { code: "x", shout: "a" },
    { code: "y", shout: "b" },
  ]);
  expect(await bring(withPrograms("b", "(code) WHERE shout = 'b'"))).toEqual([
    "beforeSwitch createIndex",
    "afterSwitch dropIndex",
  ]);
  expect(await bring(plain)).toEqual(["afterSwitch dropIndex", "afterSwitch dropTrigger", "afterSwitch dropFunction"]);
  expect(await bring(plain)).toEqual([]);
  expect(await sql`select public.theirs() as one`).toEqual([{ one: 1 }]);
  await sql.end();
});
