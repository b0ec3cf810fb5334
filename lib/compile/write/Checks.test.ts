import { expect, test } from "vitest";
import { catalogOf } from "../../plan/catalog/Catalog.ts";
import type { WriteShape } from "../../plan/types.ts";
import { as, column, select } from "../../sql/build.ts";
import { print } from "../../sql/print.ts";
import { salesModel } from "../testing/salesModel.ts";
import type { Refusal } from "./Check.ts";
import { Checks, refuse } from "./Checks.ts";
import { compileWrite } from "./compileWrite.ts";

const refusal = (field: string): Refusal => ({
  code: "invalid_input",
  error: { field, rule: "check", message: "No." },
});

test("every refusal has a number, the more telling ones before the general one", () => {
  const checks = new Checks();
  const is = (name: string) => column("t1", name);
  checks.add({ condition: is("a"), refusal: refusal("a") });
  checks.add({ condition: is("b"), refusal: refusal("b"), cases: [{ when: is("c"), refusal: refusal("c") }] });
  const { text } = print(select({ columns: [as("failed", refuse(checks.failed))] }));
  expect(text).toBe(
    `SELECT public.gantry_refuse(nullif(concat_ws(',', CASE WHEN "t1"."a" THEN null ELSE '0' END, ` +
      `CASE WHEN "t1"."b" THEN null WHEN "t1"."c" THEN '1' ELSE '2' END), '')) AS "failed"`,
  );
  expect(checks.refusals.map(({ error }) => error.field)).toEqual(["a", "c", "b"]);
});

test("a change without checks is the plain statement", () => {
  const shape: WriteShape = {
    kind: "update",
    resource: "Company",
    key: 0,
    set: [{ field: "city", parameter: 1 }],
    links: [],
    selection: [{ kind: "field", as: "id", field: "id" }],
  };
  const { text, refusals } = compileWrite(catalogOf(salesModel), shape);
  expect(text).toBe(
    `UPDATE public."companies" AS "t1" SET "city" = $1::text WHERE ("t1"."id" = $2::uuid) RETURNING ` +
      `(SELECT row_to_json("r1".*) AS "json" FROM (SELECT "t1"."id" AS "id") AS "r1") AS "json"`,
  );
  expect(refusals).toEqual([]);
});
