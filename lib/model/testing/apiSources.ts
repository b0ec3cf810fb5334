import type { Sources } from "../sources.ts";

/** An app that says all that can be said of APIs. */
export const apiSources: Sources = {
  "gantry.config.ts": `import { app } from "gantry";

export default app({
  name: "Sales",
  api: {
    format: "jsonApi",
    rateLimits: { actor: { requests: 100, seconds: 60 }, environment: { requests: 5000, seconds: 1 } },
    cors: { origins: ["https://shop.example"], maxAge: 600 },
    graphql: { introspection: false, maxDepth: 8, maxCost: 5000, persistedOnly: true },
  },
});
`,
  "domain/company.ts": `import { hasMany, resource, text } from "gantry";

export default resource("Company", {
  attributes: { name: text({ required: true }) },
  relationships: { deals: hasMany("Deal", { via: "company" }) },
});
`,
  "domain/deal.ts": `import { belongsTo, choice, decimal, resource, update } from "gantry";

export default resource("Deal", {
  attributes: {
    stage: choice(["open", "won"], { required: true, default: "open" }),
    amount: decimal({
      precision: 14,
      scale: 2,
      deprecated: { since: "2026-11-01", until: "2027-05-01", note: "Use total instead." },
    }),
  },
  relationships: { company: belongsTo("Company", { deprecated: { since: "2026-11-01" } }) },
  calculations: {
    total: decimal("amount * 1.19", { precision: 14, scale: 2, deprecated: { since: "2026-12-01" } }),
  },
  actions: {
    read: {},
    create: {},
    update: {},
    destroy: {},
    win: update({ set: { stage: "'won'" } }),
    reopen: update({ set: { stage: "'open'" } }),
  },
  changeFeed: true,
  api: {
    path: "opportunities",
    pageSize: 20,
    maxPageSize: 100, // what the screens show
    filterable: ["stage", "company", "total"],
    sortable: ["amount", "companyId"],
    operations: {
      destroy: { rest: false },
      win: { rest: "close", graphql: "closeDeal" },
    },
  },
});
`,
};
