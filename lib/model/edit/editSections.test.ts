import { expect, test } from "vitest";
import { readModel } from "../read/readModel.ts";
import { dealSources } from "../testing/dealSources.ts";
import type { Resource } from "../types.ts";
import { editResource } from "./editResource.ts";

const file = "domain/deal.ts";

/** The file of Deal, commented, before and after a change of what it says; only the lines that differ. */
function edited(change: (deal: Resource) => Resource, text = dealSources[file] ?? "") {
  const deal = dealIn(text);
  const after = change(deal);
  const result = editResource(file, text, { before: deal, after, nameNow: (name) => name });
  expect(dealIn(result)).toEqual(after);
  const [old, fresh] = [text.split("\n"), result.split("\n")];
  return {
    text: result,
    removed: old.filter((line) => !fresh.includes(line)).map((line) => line.trim()),
    added: fresh.filter((line) => !old.includes(line)).map((line) => line.trim()),
  };
}

function dealIn(text: string): Resource {
  const deal = readModel({ ...dealSources, [file]: text }).draft.resources.find(({ name }) => name === "Deal");
  if (!deal) throw new Error("There is no deal.");
  return deal;
}

test("an expression changes inside its own quotes", () => {
  const text = (dealSources[file] ?? "").replace(
    `overdue: boolean("stage != 'won' && dueOn < today()"),`,
    `// late\n    overdue: boolean(  'dueOn < today()'  ), // and how`,
  );
  const { removed, added } = edited(
    (deal) => ({
      ...deal,
      calculations:
        deal.calculations?.map((calculation) =>
          calculation.name === "overdue" ? { ...calculation, expression: "dueOn <= today()" } : calculation,
        ) ?? [],
    }),
    text,
  );
  expect(removed).toEqual(["overdue: boolean(  'dueOn < today()'  ), // and how"]);
  expect(added).toEqual(["overdue: boolean(  'dueOn <= today()'  ), // and how"]);
});

test("a renamed calculation keeps its place, and its column is written down", () => {
  const { removed, added } = edited((deal) => ({
    ...deal,
    calculations: deal.calculations?.map((one) => (one.name === "weighted" ? { ...one, name: "expected" } : one)) ?? [],
  }));
  expect(removed).toEqual([`weighted: decimal("amount * probability / 100.0", { scale: 2, stored: true }),`]);
  expect(added).toEqual([`expected: decimal("amount * probability / 100.0", { scale: 2, stored: "weighted" }),`]);
});

test("policies and rules for fields stay mixed as they are written", () => {
  const mixed = (dealSources[file] ?? "").replace(
    "  policies: [\n",
    '  policies: [\n    field("notes", { read: "true" }), // all\n',
  );
  const { removed, added, text } = edited(
    (deal) => ({
      ...deal,
      policies: (deal.policies ?? []).filter(({ effect }) => effect === "allow"),
      fieldPolicies: [...(deal.fieldPolicies ?? []), { fields: ["title", "notes"], write: "false" }],
    }),
    mixed,
  );
  expect(removed).toEqual(["forbid,", `forbid("destroy", "stage == 'won'"),`]);
  expect(added).toEqual([`field(["title", "notes"], { write: "false" }),`]);
  expect(text).toContain('policies: [\n    field("notes", { read: "true" }), // all\n    allow(');
});

test("what moves takes its lines along", () => {
  const { removed, added, text } = edited((deal) => {
    const [first, second, ...rest] = deal.policies ?? [];
    return { ...deal, policies: first && second ? [second, first, ...rest] : [] };
  });
  expect({ removed, added }).toEqual({ removed: [], added: [] });
  expect(text.indexOf('allow("*"')).toBeLessThan(text.indexOf('allow("read"'));
});

test("sections come and go as a whole, each in its place, with what they import", () => {
  const gone = edited((deal) => {
    const { states: _states, aggregates: _aggregates, features: _features, ...rest } = deal;
    return rest;
  });
  expect(gone.text).not.toMatch(/\b(transition|count|search|states|aggregates|softDelete|versioned)\b/);
  const back = edited((deal) => ({ ...dealIn(dealSources[file] ?? ""), describe: deal.describe ?? "" }), gone.text);
  expect(back.text).toBe(dealSources[file]);
});

test("an action changes part by part", () => {
  const { removed, added } = edited((deal) => ({
    ...deal,
    definedActions:
      deal.definedActions
        ?.map((action) =>
          action.name === "win"
            ? { ...action, accept: ["closedOn", "notes"], set: [], require: [{ expression: "amount > 1" }] }
            : action,
        )
        .map(({ set, ...action }) => (set && set.length > 0 ? { ...action, set } : action)) ?? [],
  }));
  expect(removed).toEqual(
    [
      `accept: ["closedOn"],`,
      `set: { notes: "arguments.reason" },`,
      `require: require("amount > 0", "Give the deal an amount first"),`,
      // The import that nothing needs any more.
      `require,`,
    ].sort((a, b) => (a === "require," ? -1 : b === "require," ? 1 : 0)),
  );
  expect(added).toEqual([`accept: ["closedOn", "notes"],`, `require: "amount > 1",`]);
});

test("what says what is usual by hand is changed where it stands", () => {
  const text = (dealSources[file] ?? "")
    .replace("softDelete: true,", "softDelete: softDelete({}), // kept")
    .replace("versioned: { required: true },", "versioned: { required: false },");
  const { added } = edited(
    (deal) => ({
      ...deal,
      features: { ...deal.features, softDelete: { column: "gone" }, versioned: { column: "version", required: true } },
    }),
    text.replace("  search,\n", "  search,\n  softDelete,\n"),
  );
  expect(added).toEqual(['softDelete: softDelete({ column: "gone" }), // kept', "versioned: { required: true },"]);
});
