import { allow, boolean, decimal, field, hasMany, resource, sum, text } from "gantry";

export default resource("Product", {
  describe: "Something we sell.",
  attributes: {
    code: text({ required: true, unique: true, maxLength: 40, pattern: "[A-Z0-9-]+" }),
    name: text({ required: true, maxLength: 200 }),
    price: decimal({ precision: 12, scale: 2, min: "0", required: true, describe: "Of the list, in euros." }),
    cost: decimal({ precision: 12, scale: 2, min: "0", describe: "For managers: what it costs us." }),
    active: boolean({ required: true, default: true }),
  },
  relationships: {
    lines: hasMany("DealLine", { via: "product" }),
  },
  aggregates: {
    unitsSold: sum("lines.quantity", { where: "deal.stage == 'won'" }),
    revenue: sum("lines.total", { where: "deal.stage == 'won'" }),
  },
  policies: [
    allow("read", "size(actor.roles) > 0"),
    allow("*", "'manager' in actor.roles"),
    field("cost", { read: "'manager' in actor.roles" }),
  ],
  history: true,
  search: ["code", "name"],
  order: ["code"],
});
