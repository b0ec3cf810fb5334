import { describe, expect, test } from "vitest";
import { applyCommand } from "../commands/applyCommand.ts";
import type { ModelCommand } from "../commands/ModelCommand.ts";
import { readModel } from "../read/readModel.ts";
import type { Sources } from "../sources.ts";
import { mergeSources } from "./mergeSources.ts";

const base: Sources = {
  "gantry.config.ts": 'import { app } from "gantry";\n\nexport default app({ name: "Shop" });\n',
  "domain/customer.ts": `import { choice, hasMany, resource, text } from "gantry";

export default resource("Customer", {
  attributes: {
    // The name on the invoice.
    name: text({ required: true }),
    kind: choice(["person", "company"]),
  },
  relationships: {
    orders: hasMany("Order", { via: "customer" }),
  },
});
`,
  "domain/order.ts": `import { belongsTo, date, decimal, resource } from "gantry";

export default resource("Order", {
  attributes: {
    freight: decimal({ precision: 8, scale: 2 }),
    on: date(),
  },
  relationships: {
    customer: belongsTo("Customer"),
  },
});
`,
  "README.md": "one\ntwo\nthree\n",
};

const changedBy = (...commands: readonly ModelCommand[]) => commands.reduce(applyCommand, base);

function merged(mine: Sources, theirs: Sources) {
  const { sources, conflicts } = mergeSources({ base, mine, theirs });
  const { model, problems } = readModel(sources);
  expect(problems).toEqual([]);
  return { sources, model, conflicts: conflicts.map(({ sentence }) => sentence) };
}

const text = { type: { kind: "text" } } as const;

describe("what does not conflict", () => {
  test("two people add different attributes to one resource", () => {
    const { sources, conflicts } = merged(
      changedBy({ type: "addAttribute", resource: "Customer", name: "phone", options: text }),
      changedBy({ type: "addAttribute", resource: "Customer", name: "email", options: text }),
    );
    expect(conflicts).toEqual([]);
    expect(sources["domain/customer.ts"]).toMatch(/phone: text\(\)/);
    expect(sources["domain/customer.ts"]).toMatch(/email: text\(\)/);
    expect(sources["domain/customer.ts"]).toContain("// The name on the invoice.");
  });

  test("one renames a resource that the other extends and refers to", () => {
    const { sources, model, conflicts } = merged(
      changedBy({ type: "renameResource", resource: "Order", to: "Sale" }),
      changedBy(
        { type: "addAttribute", resource: "Order", name: "note", options: text },
        { type: "addResource", name: "Parcel" },
        { type: "addBelongsTo", resource: "Parcel", name: "order", target: "Order", inverse: "parcels" },
      ),
    );
    expect(conflicts).toEqual([]);
    expect(Object.keys(sources)).not.toContain("domain/order.ts");
    const sale = model?.resources.find(({ name }) => name === "Sale");
    expect(sale?.table).toBe("orders");
    expect(sale?.attributes.map(({ name }) => name)).toContain("note");
    const parcel = model?.resources.find(({ name }) => name === "Parcel");
    expect(parcel?.relationships[0]?.target).toBe("Sale");
  });

  test("one renames an attribute whose limits the other changes", () => {
    const { model, conflicts } = merged(
      changedBy({ type: "renameAttribute", resource: "Order", attribute: "freight", to: "shippingCost" }),
      changedBy({
        type: "setAttribute",
        resource: "Order",
        attribute: "freight",
        options: { min: "0", required: true },
      }),
    );
    expect(conflicts).toEqual([]);
    expect(model?.resources.find(({ name }) => name === "Order")?.attributes[0]).toMatchObject({
      name: "shippingCost",
      column: "freight",
      min: "0",
      required: true,
    });
  });

  test("both add options to one choice", () => {
    const options = (...names: readonly string[]) => names.map((name) => ({ name, stored: name }));
    const set = (...names: readonly string[]) =>
      changedBy({
        type: "setAttribute",
        resource: "Customer",
        attribute: "kind",
        options: { type: { kind: "choice", options: options(...names) } },
      });
    const { model, conflicts } = merged(set("person", "company", "club"), set("person", "company", "state"));
    expect(conflicts).toEqual([]);
    const kind = model?.resources.find(({ name }) => name === "Customer")?.attributes[1]?.type;
    expect(kind).toMatchObject({ options: options("person", "company", "state", "club") });
  });

  test("comments of one side and attributes of the other are both kept", () => {
    const file = "domain/order.ts";
    const mine = {
      ...base,
      [file]: (base[file] ?? "").replace("on: date()", "// Not the day of payment.\n    on: date()"),
    };
    const theirs = changedBy({ type: "addAttribute", resource: "Customer", name: "email", options: text });
    const { sources } = merged(mine, theirs);
    expect(sources[file]).toContain("// Not the day of payment.");
    expect(sources["domain/customer.ts"]).toContain("email: text()");
  });

  test("different lines of a file that says nothing of the model", () => {
    const { sources, conflicts } = merged(
      { ...base, "README.md": "ONE\ntwo\nthree\n" },
      { ...base, "README.md": "one\ntwo\nTHREE\n" },
    );
    expect(conflicts).toEqual([]);
    expect(sources["README.md"]).toBe("ONE\ntwo\nTHREE\n");
  });
});

describe("what conflicts is said with both values", () => {
  test("the same option set to different values", () => {
    const set = (maxLength: number) =>
      changedBy({ type: "setAttribute", resource: "Customer", attribute: "name", options: { maxLength } });
    const { model, conflicts } = merged(set(40), set(80));
    expect(conflicts).toEqual(["Customer.name: you set maxLength to 40, they set it to 80; yours is taken"]);
    expect(model?.resources.find(({ name }) => name === "Customer")?.attributes[0]?.maxLength).toBe(40);
  });

  test("one removes what the other changes: it stays", () => {
    const { model, conflicts } = merged(
      changedBy({ type: "removeAttribute", resource: "Order", attribute: "freight" }),
      changedBy({ type: "setAttribute", resource: "Order", attribute: "freight", options: { min: "0" } }),
    );
    expect(conflicts).toEqual(["You removed Order.freight and they changed it; it stays"]);
    expect(model?.resources.find(({ name }) => name === "Order")?.attributes[0]?.min).toBe("0");
  });

  test("one adds a relationship to what the other removes: it goes too", () => {
    const { conflicts, model } = merged(
      changedBy({ type: "removeResource", resource: "Customer" }),
      changedBy(
        { type: "addResource", name: "Invoice" },
        { type: "addBelongsTo", resource: "Invoice", name: "customer", target: "Customer" },
      ),
    );
    expect(conflicts).toEqual(["Invoice.customer leads to what is removed; it goes too"]);
    expect(model?.resources.map(({ name }) => name)).toEqual(["Invoice", "Order"]);
  });

  test("two things with one name: mine gets another", () => {
    const { conflicts, model } = merged(
      changedBy({ type: "renameAttribute", resource: "Order", attribute: "freight", to: "note" }),
      changedBy({ type: "addAttribute", resource: "Order", name: "note", options: text }),
    );
    expect(conflicts).toEqual(["You and they each called something in Order note; yours is freight"]);
    expect(model?.resources[1]?.attributes.map(({ name }) => name)).toEqual(["freight", "on", "note"]);
  });

  test("what each side may do and both may not is named", () => {
    const set = (options: { min?: string; max?: string }) =>
      changedBy({ type: "setAttribute", resource: "Order", attribute: "freight", options });
    const { conflicts } = mergeSources({ base, mine: set({ min: "10" }), theirs: set({ max: "5" }) });
    expect(conflicts.map(({ sentence }) => sentence)).toEqual([
      "Order.freight does not fit any more: No value is both at least 10 and at most 5. Change one.",
    ]);
  });
});

test("a side that cannot be read is merged line by line, and nothing of it is taken for removed", () => {
  const broken = { ...base, "domain/order.ts": (base["domain/order.ts"] ?? "").replace("date(),", "date(") };
  const theirs = changedBy({ type: "addAttribute", resource: "Customer", name: "email", options: text });
  const { sources, conflicts } = mergeSources({ base, mine: broken, theirs });
  expect(conflicts).toEqual([]);
  expect(sources["domain/order.ts"]).toBe(broken["domain/order.ts"]);
  expect(sources["domain/customer.ts"]).toBe(theirs["domain/customer.ts"]);
});

test("the order of attributes is that of the side that changed it", () => {
  const { sources, conflicts } = merged(
    changedBy({ type: "moveAttribute", resource: "Order", attribute: "on", before: "freight" }),
    changedBy({ type: "addAttribute", resource: "Order", name: "note", options: text }),
  );
  expect(conflicts).toEqual([]);
  expect(sources["domain/order.ts"]).toMatch(/on: date.*freight: decimal.*note: text/s);
});

test("a default follows the option that the other side renamed", () => {
  const { model } = merged(
    changedBy({ type: "renameChoice", resource: "Customer", attribute: "kind", option: "person", to: "human" }),
    changedBy({
      type: "setAttribute",
      resource: "Customer",
      attribute: "kind",
      options: { default: { kind: "literal", value: "person" } },
    }),
  );
  expect(model?.resources[0]?.attributes[1]?.default).toEqual({ kind: "literal", value: "human" });
});
