import postgres from "postgres";
import { expect, test } from "vitest";
import { aModel, anAttribute, aResource, aText } from "#lib/compile/schema/fixtures.ts";
import { placedModel } from "#lib/compile/schema/placeColumns.ts";
import type { LiveModel } from "#lib/compile/schema/planModelSchema.ts";
import type { Model } from "#lib/model/types.ts";
import { testDatabase } from "#tests/support/postgres.ts";
import { type Call, servedVersions } from "#tests/support/servedVersions.ts";
import { applyModelTo } from "./applyModelTo.ts";

const before: Model = aModel(
  aResource("Order", { attributes: [aText("code"), aText("weight"), aText("note", { required: true })] }),
);

/** Adds columns, a default, an index, a rule of uniqueness, a value that must be there, and changes two types. */
const after: Model = aModel(
  aResource("Order", {
    attributes: [
      aText("code", { unique: true }),
      anAttribute("weight", { kind: "integer" }, { required: true }),
      aText("note", { required: true, maxLength: 100 }),
      anAttribute("isGift", { kind: "boolean" }, { required: true, default: { kind: "literal", value: false } }),
      anAttribute("token", { kind: "uuid" }, { required: true, default: { kind: "uuid" } }),
    ],
    indexes: [{ fields: [{ name: "weight", descending: true }] }],
  }),
);

test("no request fails while a deploy adds columns and indexes, requires values and changes types", async () => {
  await using database = await testDatabase();
  await using versions = await servedVersions();
  const sql = postgres(database.url, { max: 1, onnotice: () => {} });
  const old: LiveModel = { model: before, places: (await applyModelTo(database.url, before)).places };
  await sql`
    insert into orders (code, weight, note)
    select 'C' || n, n::text, repeat('note ', 10) from generate_series(1, 30000) n`;

  const answers = new Map<string, number>();
  let isOver = false;
  const traffic = (name: string, call: Call, weight: (round: number) => unknown) =>
    (async () => {
      const note = (answer: { readonly status: number; readonly body: unknown }) => {
        const said = answer.status < 300 ? `${name} ok` : `${name} ${answer.status} ${JSON.stringify(answer.body)}`;
        answers.set(said, (answers.get(said) ?? 0) + 1);
        return answer;
      };
      for (let round = 0; !isOver; round += 1) {
        const made = note(
          await call("POST", "/orders", { code: `${name}-${round}`, weight: weight(round), note: "x" }),
        );
        const { id } = made.body as { id: string };
        note(await call("PATCH", `/orders/${id}`, { weight: weight(round + 1) }));
        note(await call("GET", `/orders/${id}`));
        note(await call("GET", "/orders?page[size]=5&sort=-weight"));
        if (round % 3 === 0) note(await call("DELETE", `/orders/${id}`));
      }
    })();

  const oldCall = await versions.serve("before", before, database.url);
  const loops = [traffic("old", oldCall, String), traffic("old too", oldCall, String)];
  const plan = await applyModelTo(database.url, after, { live: old, only: ({ when }) => when === "beforeSwitch" });
  expect(new Set(plan.steps.map(({ kind }) => kind))).toEqual(
    new Set(["addColumn", "setDefault", "createFunction", "createTrigger", "fillColumn", "createIndex"]),
  );
  const live: LiveModel = { model: after, places: plan.places };
  const newCall = await versions.serve("after", placedModel(after, plan.places), database.url);
  loops.push(traffic("new", newCall, Number));
  // Both serve while the last rules of the old one go.
  await applyModelTo(database.url, after, { live, only: ({ when }) => when === "afterSwitch" });
  while ((answers.get("new ok") ?? 0) < 50) await newCall("GET", "/orders?page[size]=1");
  isOver = true;
  await Promise.all(loops);
  expect([...answers.keys()].sort()).toEqual(["new ok", "old ok", "old too ok"]);
  expect(await sql`select from orders where weight::integer is distinct from weight__integer`).toHaveLength(0);
  expect(await sql`select from orders where token is null and note <> 'x'`).toHaveLength(0);
  await sql.end();
}, 120_000);
