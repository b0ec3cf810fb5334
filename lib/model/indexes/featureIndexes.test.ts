import { expect, test } from "vitest";
import { modelToSchema } from "../../compile/schema/modelToSchema.ts";
import { applyCommand } from "../commands/applyCommand.ts";
import { readModel } from "../read/readModel.ts";

const sources = {
  "gantry.config.ts": `import { app } from "gantry";\nexport default app({ name: "Shop" });\n`,
  "domain/order.ts": `import { resource, text } from "gantry";
export default resource("Order", {
  attributes: { code: text() },
  indexes: [["-createdAt", "code"], ["code"]],
  timestamps: true,
});
`,
};

test("what features bring is indexed by its name, and the index goes when it goes", () => {
  const { model, problems } = readModel(sources);
  expect(problems).toEqual([]);
  const columns = model && modelToSchema(model).tables[0]?.indexes.map((index) => index.columns);
  expect(columns).toEqual([
    [
      { name: "created_at", descending: true },
      { name: "code", descending: false },
    ],
    [{ name: "code", descending: false }],
  ]);
  const after = applyCommand(sources, { type: "setFeatures", resource: "Order", features: { timestamps: undefined } });
  expect(readModel(after)).toMatchObject({
    problems: [],
    draft: { resources: [{ indexes: [{ fields: [{ name: "code", descending: false }] }] }] },
  });
});
