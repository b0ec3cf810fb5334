import { describe, expect, test } from "vitest";
import { AppError } from "../../errors/AppError.ts";
import { readModel } from "../read/readModel.ts";
import type { Sources } from "../sources.ts";
import { applyCommand } from "./applyCommand.ts";
import type { ModelCommand } from "./ModelCommand.ts";

const config = `// The shop.\nimport { app } from 'gantry'\n\nexport default app({ name: 'Shop', /* for now */ })\n`;

const order = `/* Orders. */
import { belongsTo, choice,
  decimal, hasMany, manyToMany, resource, // as few as can be
  text } from 'gantry'

// One purchase.
export default resource('Order', {
    describe: 'What was bought',

    attributes: {
        // Paid by the customer.
        freight: decimal({ precision: 14, scale: 2 /* cents */, min: '0' }), // in euro
        stage: choice(['open' /* new */, 'shipped'], { default: 'open' }),

        // Free text.
        note: text() }, // end
    relationships: { customer: belongsTo('Customer', { required: true }), lines: hasMany('Line', { via: 'order' }),
        tags: manyToMany('Tag') },
    unique: [['customer', 'freight']], // never twice
    indexes: [ ['stage', '-freight'] ]
})
`;

const customer = `import { hasMany, resource, text } from "gantry";

export default resource("Customer", {
  attributes: {
    name: text({ required: true }),
  },
  relationships: {
    orders: hasMany("Order", { via: "customer" }),
  },
});
`;

const line = `import { belongsTo, integer, resource } from "gantry";

export default resource("Line", {
  attributes: { quantity: integer() },
  relationships: { order: belongsTo("Order") },
});
`;

const tag = `import { manyToMany, resource, text } from "gantry";

export default resource("Tag", {
  attributes: { name: text() },
  relationships: { orders: manyToMany("Order", { via: "tags" }) },
});
`;

const sources: Sources = {
  "gantry.config.ts": config,
  "domain/customer.ts": customer,
  "domain/line.ts": line,
  "domain/order.ts": order,
  "domain/tag.ts": tag,
  "seeds/order.json": `[\n  { "id": 1, "freight": "1.50", "stage": "open", "customerId": 7, "tags": [1] },\n  { "id": 2, "freight": null, "stage": "shipped" }\n]\n`,
  "README.md": "Orders of a shop.",
};

test("the shop is a legal model", () => {
  expect(readModel(sources).problems).toEqual([]);
});

describe("surgical edits", () => {
  test("a renamed attribute keeps its column, and everything that names it follows", () => {
    const edited = applyCommand(sources, {
      type: "renameAttribute",
      resource: "Order",
      attribute: "freight",
      to: "shippingCost",
    });
    expect(changedLines(sources, edited, "domain/order.ts")).toEqual([
      "-        freight: decimal({ precision: 14, scale: 2 /* cents */, min: '0' }), // in euro",
      "+        shippingCost: decimal({ column: 'freight', precision: 14, scale: 2 /* cents */, min: '0' }), // in euro",
      "-    unique: [['customer', 'freight']], // never twice",
      "-    indexes: [ ['stage', '-freight'] ]",
      "+    unique: [['customer', 'shippingCost']], // never twice",
      "+    indexes: [ ['stage', '-shippingCost'] ]",
    ]);
    expect(edited["seeds/order.json"]).toBe(
      `[\n  { "id": 1, "shippingCost": "1.50", "stage": "open", "customerId": 7, "tags": [1] },\n  { "id": 2, "shippingCost": null, "stage": "shipped" }\n]\n`,
    );
  });

  test("renaming there and back leaves the file as it was", () => {
    const there = applyCommand(sources, { type: "renameAttribute", resource: "Order", attribute: "note", to: "memo" });
    const back = applyCommand(there, { type: "renameAttribute", resource: "Order", attribute: "memo", to: "note" });
    expect(back).toEqual(sources);
  });

  test("an added attribute stands on a line of its own with the import it needs", () => {
    const edited = applyCommand(sources, {
      type: "addAttribute",
      resource: "Order",
      name: "paid",
      options: { type: { kind: "boolean" }, required: true, default: { kind: "literal", value: false } },
    });
    expect(changedLines(sources, edited, "domain/order.ts")).toEqual([
      "-import { belongsTo, choice,",
      "+import { belongsTo, boolean, choice,",
      "-        note: text() }, // end",
      "+        note: text(),",
      "+        paid: boolean({ required: true, default: false }) }, // end",
    ]);
  });

  test("a removed attribute takes its comments, its groups, its seeds and its import along", () => {
    const edited = applyCommand(sources, { type: "removeAttribute", resource: "Order", attribute: "freight" });
    expect(changedLines(sources, edited, "domain/order.ts")).toEqual([
      "-  decimal, hasMany, manyToMany, resource, // as few as can be",
      "+  hasMany, manyToMany, resource, // as few as can be",
      "-        // Paid by the customer.",
      "-        freight: decimal({ precision: 14, scale: 2 /* cents */, min: '0' }), // in euro",
      "-        tags: manyToMany('Tag') },",
      "-    unique: [['customer', 'freight']], // never twice",
      "-    indexes: [ ['stage', '-freight'] ]",
      "+        tags: manyToMany('Tag') }",
    ]);
    expect(edited["seeds/order.json"]).toBe(
      `[\n  { "id": 1, "stage": "open", "customerId": 7, "tags": [1] },\n  { "id": 2, "stage": "shipped" }\n]\n`,
    );
  });

  test("a moved attribute takes its comments along", () => {
    const edited = applyCommand(sources, {
      type: "moveAttribute",
      resource: "Order",
      attribute: "stage",
      before: "freight",
    });
    expect(edited["domain/order.ts"]).toContain(`    attributes: {
        stage: choice(['open' /* new */, 'shipped'], { default: 'open' }),
        // Paid by the customer.
        freight: decimal({ precision: 14, scale: 2 /* cents */, min: '0' }), // in euro

        // Free text.
        note: text() }, // end
`);
  });

  test("a renamed option keeps what is stored, and the default and seeds follow", () => {
    const edited = applyCommand(sources, {
      type: "renameChoice",
      resource: "Order",
      attribute: "stage",
      option: "open",
      to: "placed",
    });
    expect(changedLines(sources, edited, "domain/order.ts")).toEqual([
      "-        stage: choice(['open' /* new */, 'shipped'], { default: 'open' }),",
      "+        stage: choice({ placed: 'open' /* new */, shipped: 'shipped' }, { default: 'placed' }),",
    ]);
    expect(edited["seeds/order.json"]).toContain('"stage": "placed"');
  });

  test("a renamed resource keeps its table, moves its files and is followed everywhere", () => {
    const edited = applyCommand(sources, { type: "renameResource", resource: "Order", to: "Purchase" });
    expect(Object.keys(edited).sort()).toEqual(
      Object.keys(sources)
        .map((path) => path.replace("order", "purchase"))
        .sort(),
    );
    expect(edited["domain/purchase.ts"]).toContain(
      "resource('Purchase', {\n    describe: 'What was bought',\n    table: 'orders',\n",
    );
    expect(edited["domain/purchase.ts"]).toContain("tags: manyToMany('Tag', { column: 'order_id' }) }");
    expect(edited["domain/customer.ts"]).toContain('hasMany("Purchase", { via: "customer" })');
    expect(edited["domain/tag.ts"]).toContain('manyToMany("Purchase", { via: "tags" })');
    expect(readModel(edited).problems).toEqual([]);
  });

  test("a renamed relationship keeps its column and its mirror, its groups and its seeds follow", () => {
    const edited = applyCommand(sources, {
      type: "renameRelationship",
      resource: "Order",
      relationship: "customer",
      to: "buyer",
    });
    expect(edited["domain/order.ts"]).toContain(
      "{ buyer: belongsTo('Customer', { required: true, column: 'customer_id' }), lines",
    );
    expect(edited["domain/order.ts"]).toContain("unique: [['buyer', 'freight']]");
    expect(edited["domain/customer.ts"]).toContain('hasMany("Order", { via: "buyer" })');
    expect(edited["seeds/order.json"]).toContain('"buyerId": 7');
  });

  test("a removed resource takes the relationships that lead to it along", () => {
    const edited = applyCommand(sources, { type: "removeResource", resource: "Customer" });
    expect(edited["domain/customer.ts"]).toBeUndefined();
    expect(changedLines(sources, edited, "domain/order.ts")).toEqual([
      "-import { belongsTo, choice,",
      "+import { choice,",
      "-    relationships: { customer: belongsTo('Customer', { required: true }), lines: hasMany('Line', { via: 'order' }),",
      "+    relationships: { lines: hasMany('Line', { via: 'order' }),",
      "-    unique: [['customer', 'freight']], // never twice",
    ]);
    expect(edited["seeds/order.json"]).not.toContain("customerId");
    expect(readModel(edited).problems).toEqual([]);
  });

  test("a new type drops what it cannot have", () => {
    const edited = applyCommand(sources, {
      type: "setAttribute",
      resource: "Order",
      attribute: "freight",
      options: { type: { kind: "integer" }, max: "9" },
    });
    expect(edited["domain/order.ts"]).toContain("freight: integer({ min: 0, max: 9 }), // in euro");
  });

  test("the app's description is added where the options are", () => {
    const edited = applyCommand(sources, { type: "setApp", describe: "Sells." });
    expect(edited["gantry.config.ts"]).toContain("app({ name: 'Shop', describe: 'Sells.', /* for now */ })");
  });

  test("a name whose stored name is still taken gets a free one", () => {
    const renamed = applyCommand(sources, {
      type: "renameAttribute",
      resource: "Order",
      attribute: "note",
      to: "memo",
    });
    const edited = applyCommand(renamed, {
      type: "addAttribute",
      resource: "Order",
      name: "note",
      options: { type: { kind: "text" } },
    });
    expect(edited["domain/order.ts"]).toContain("note: text({ column: 'note_2' })");
  });

  test("CRLF stays CRLF", () => {
    const crlf = { ...sources, "domain/customer.ts": customer.replaceAll("\n", "\r\n") };
    const options = { type: { kind: "integer" } } as const;
    const edited = applyCommand(crlf, { type: "addAttribute", resource: "Customer", name: "age", options });
    expect(edited["domain/customer.ts"]?.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
  });

  test("lines that grow too long are broken", () => {
    const edited = applyCommand(sources, {
      type: "setAttribute",
      resource: "Customer",
      attribute: "name",
      options: { describe: "The name under which the customer signs, as it is written in the register of companies." },
    });
    expect(changedLines(sources, edited, "domain/customer.ts")).toEqual([
      "-    name: text({ required: true }),",
      "+    name: text({",
      "+      required: true,",
      '+      describe: "The name under which the customer signs, as it is written in the register of companies.",',
      "+    }),",
    ]);
  });
});

describe("refusals", () => {
  const cases: readonly [ModelCommand, string, string][] = [
    [
      { type: "addResource", name: "Order" },
      "invalid_model",
      "There is a resource `Order` already. Choose another name.",
    ],
    [
      { type: "addResource", name: "order form" },
      "invalid_model",
      "A resource's name starts with a capital and has only the letters A to Z and digits, such as `OrderForm`.",
    ],
    [
      { type: "addResource", name: "Query" },
      "invalid_model",
      "`Query` is a root type of GraphQL. Choose another name.",
    ],
    [{ type: "removeResource", resource: "Gone" }, "not_found", "There is no resource `Gone` any more."],
    [
      { type: "renameAttribute", resource: "Order", attribute: "note", to: "customerId" },
      "invalid_model",
      "`Order` has a `customerId` already. Choose another name.",
    ],
    [
      { type: "renameAttribute", resource: "Order", attribute: "note", to: "id" },
      "invalid_model",
      "`id` is the key of every record. Choose another name.",
    ],
    [
      { type: "renameAttribute", resource: "Order", attribute: "gone", to: "x" },
      "not_found",
      "`Order` has no attribute `gone` any more.",
    ],
    [
      { type: "addHasMany", resource: "Tag", name: "lines", target: "Line", via: "order" },
      "invalid_model",
      "`Line` has no belongsTo `order` that leads to `Tag`. Add that first.",
    ],
    [
      { type: "setRelationship", resource: "Order", relationship: "lines", required: true },
      "invalid_model",
      "Only a belongsTo has `required`. Set it at the other end.",
    ],
  ];
  test.each(cases)("%j", (command, code, message) => {
    expect(() => applyCommand(sources, command)).toThrow(expect.objectContaining({ code, message }));
  });

  test("a file that cannot be read is not edited", () => {
    const broken = { ...sources, "domain/order.ts": order.replace("belongsTo, choice", "belongsTo choice") };
    const command = { type: "removeAttribute", resource: "Order", attribute: "note" } as const;
    expect(() => applyCommand(broken, command)).toThrow(AppError);
    expect(() => applyCommand(broken, { type: "renameResource", resource: "Order", to: "Purchase" })).toThrow(
      "domain/order.ts has errors. Mend them in the code first.",
    );
  });
});

/** Lines that went and came, in order. */
function changedLines(before: Sources, after: Sources, path: string): readonly string[] {
  const [old, fresh] = [(before[path] ?? "").split("\n"), (after[path] ?? "").split("\n")];
  const lines: string[] = [];
  let at = 0;
  for (const line of old) {
    const found = fresh.indexOf(line, at);
    if (found < 0) lines.push(`-${line}`);
    else {
      for (const added of fresh.slice(at, found)) lines.push(`+${added}`);
      at = found + 1;
    }
  }
  return [...lines, ...fresh.slice(at).map((added) => `+${added}`)];
}
