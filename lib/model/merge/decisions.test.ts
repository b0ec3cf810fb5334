import { describe, expect, test } from "vitest";
import { applyCommand } from "../commands/applyCommand.ts";
import type { ModelCommand } from "../commands/ModelCommand.ts";
import { readModel } from "../read/readModel.ts";
import type { Sources } from "../sources.ts";
import type { MergeSide } from "./MergeConflict.ts";
import { branchWords } from "./MergeWords.ts";
import { mergeSources } from "./mergeSources.ts";

const base: Sources = {
  "gantry.config.ts": 'import { app } from "gantry";\n\nexport default app({ name: "Shop" });\n',
  "domain/order.ts": `import { decimal, resource, text } from "gantry";

export default resource("Order", {
  attributes: {
    note: text(),
    freight: decimal({ precision: 8, scale: 2 }),
  },
});
`,
  "README.md": "one\n",
};

const changedBy = (...commands: readonly ModelCommand[]) => commands.reduce(applyCommand, base);
const set = (attribute: string, options: object) =>
  changedBy({ type: "setAttribute", resource: "Order", attribute, options });

const words = branchWords({ mine: "feature", theirs: "main" });

/** Merges with the same decision of every conflict. */
function merged(mine: Sources, theirs: Sources, side?: MergeSide) {
  const { sources, conflicts } = mergeSources({ base, mine, theirs }, { words, take: () => side });
  const order = readModel(sources).draft.resources.find(({ name }) => name === "Order");
  const attribute = (name: string) => order?.attributes.find((one) => one.name === name);
  return { sources, conflicts, attribute };
}

describe("a decision", () => {
  test("of one value takes that of the branch", () => {
    const sides = [set("note", { maxLength: 40 }), set("note", { maxLength: 80 })] as const;
    expect(merged(...sides).conflicts).toEqual([
      {
        path: ["Order", "attributes", "note", "maxLength"],
        sentence: "Order.note: feature sets maxLength to 40, main sets it to 80",
        sides: { mine: "40", theirs: "80" },
      },
    ]);
    expect(merged(...sides, "mine").attribute("note")).toMatchObject({ maxLength: 40 });
    expect(merged(...sides, "theirs").attribute("note")).toMatchObject({ maxLength: 80 });
  });

  test("of something removed on either side lets it go or stay", () => {
    const removed = changedBy({ type: "removeAttribute", resource: "Order", attribute: "freight" });
    const changed = set("freight", { min: "0" });
    expect(merged(removed, changed).conflicts).toMatchObject([
      { sentence: "feature removes Order.freight and main changes it", sides: { mine: "removed" } },
    ]);
    expect(merged(removed, changed, "mine").attribute("freight")).toBeUndefined();
    expect(merged(removed, changed, "theirs").attribute("freight")).toMatchObject({ min: "0" });
    expect(merged(changed, removed).conflicts).toMatchObject([
      { sentence: "main removes Order.freight and feature changes it", sides: { theirs: "removed" } },
    ]);
    expect(merged(changed, removed, "theirs").attribute("freight")).toBeUndefined();
    expect(merged(changed, removed, "mine").attribute("freight")).toMatchObject({ min: "0" });
  });

  test("of a part that both together make unsound takes all of it from one branch", () => {
    const [mine, theirs] = [set("freight", { min: "10" }), set("freight", { max: "5" })];
    const { conflicts } = merged(mine, theirs);
    expect(conflicts).toMatchObject([{ path: ["Order", "attributes", "freight"], breaks: true, sides: {} }]);
    const taken = merged(mine, theirs, "theirs");
    expect(taken.conflicts).toEqual([]);
    expect(taken.attribute("freight")).toMatchObject({ max: "5" });
    expect(taken.attribute("freight")).not.toHaveProperty("min");
  });

  test("of a file takes it as it is there, or takes it away", () => {
    const [mine, theirs] = [{ ...base, "README.md": "mine\n" }, { ...base }] as [Sources, Record<string, string>];
    delete theirs["README.md"];
    expect(merged(mine, theirs).conflicts).toEqual([
      {
        path: ["README.md"],
        sentence: "README.md is changed on feature and on main",
        sides: { mine: "its own text", theirs: "removed" },
      },
    ]);
    expect(merged(mine, theirs, "mine").sources["README.md"]).toBe("mine\n");
    expect(merged(mine, theirs, "theirs").sources).not.toHaveProperty("README.md");
  });

  test("is not asked for where only names clash: they are told with both branches", () => {
    const mine = changedBy({ type: "renameAttribute", resource: "Order", attribute: "freight", to: "weight" });
    const theirs = changedBy({
      type: "addAttribute",
      resource: "Order",
      name: "weight",
      options: { type: { kind: "text" } },
    });
    expect(merged(mine, theirs).conflicts).toEqual([
      {
        path: ["Order", "freight"],
        sentence: "feature and main each call something in Order weight; that of feature becomes freight",
      },
    ]);
  });
});
