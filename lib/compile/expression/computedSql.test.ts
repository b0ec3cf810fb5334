import { expect, test } from "vitest";
import { catalogOf } from "../../plan/catalog/Catalog.ts";
import { completeOrder } from "../../plan/read/completeOrder.ts";
import type { Condition, ReadManyShape } from "../../plan/types.ts";
import { compileRead } from "../read/compileRead.ts";
import { computedModel } from "../testing/computedModel.ts";

const catalog = catalogOf(computedModel);

interface Asked {
  readonly resource: string;
  readonly fields: readonly string[];
  readonly order?: string;
  readonly where?: Condition | null;
}

function statementOf({ resource, fields, order, where = null }: Asked): string {
  const selection = fields.map((field) => ({ kind: "field", as: field, field }) as const);
  const shape: ReadManyShape = {
    kind: "many",
    resource,
    list: {
      where,
      order: completeOrder(order ? [{ path: order.split("."), descending: true }] : []),
      page: { size: 10, fromEnd: false, after: null, before: null },
      output: { kind: "array", selection },
    },
  };
  return compileRead(catalog, shape).text;
}

test("computed fields become this SQL", async () => {
  const asked: readonly Asked[] = [
    { resource: "Company", fields: ["label", "isLarge", "rank"] },
    { resource: "Company", fields: ["openValue"], order: "openValue" },
    { resource: "Company", fields: ["average", "stages", "groupValue", "siblingCount"] },
    { resource: "Deal", fields: ["companyLabel", "share", "bossName", "isOld", "outcome"] },
    {
      resource: "Deal",
      fields: ["id"],
      where: { kind: "compare", path: ["company", "dealCount"], operator: "gt", parameter: 0 },
    },
  ];
  const text = asked.map((one) => `-- ${JSON.stringify(one)}\n${laidOut(statementOf(one))};\n`).join("\n");
  await expect(text).toMatchFileSnapshot("../../../tests/golden/files/sql/computed.sql");
});

/** Broken where a reader would. */
function laidOut(statement: string): string {
  return statement.replace(/ (FROM|LEFT JOIN|WHERE|ORDER BY) /g, "\n  $1 ");
}
