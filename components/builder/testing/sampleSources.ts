import type { Sources } from "#lib/model/sources.ts";

/** A small app that shows every kind of relationship. */
export function sampleSources(): Sources {
  return {
    "gantry.config.ts": `import { app } from "gantry";

export default app({ name: "Shop" });
`,
    "domain/customer.ts": `import { hasMany, resource, text } from "gantry";

export default resource("Customer", {
  attributes: {
    companyName: text({ required: true, maxLength: 40 }),
  },
  relationships: {
    orders: hasMany("Order", { via: "customer" }),
  },
});
`,
    "domain/order.ts": `import { belongsTo, choice, date, decimal, manyToMany, resource, today } from "gantry";

export default resource("Order", {
  attributes: {
    shippingCost: decimal({ column: "freight", precision: 14, scale: 2, min: "0" }),
    orderedOn: date({ required: true, default: today() }),
    stage: choice(["open", "shipped"], { default: "open", required: true }),
  },
  relationships: {
    customer: belongsTo("Customer", { required: true }),
    replaces: belongsTo("Order"),
    tags: manyToMany("Tag"),
  },
  unique: [["customer", "orderedOn"]],
});
`,
    "domain/tag.ts": `import { manyToMany, resource, text } from "gantry";

export default resource("Tag", {
  attributes: {
    label: text({ required: true, unique: true }),
  },
  relationships: {
    orders: manyToMany("Order", { via: "tags" }),
  },
});
`,
  };
}
