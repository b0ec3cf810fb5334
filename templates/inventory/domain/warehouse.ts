import { allow, embed, hasMany, resource, sum, text } from "gantry";

export default resource("Warehouse", {
  describe: "A building where stock is kept.",
  attributes: {
    code: text({ required: true, unique: true, maxLength: 10, pattern: "[A-Z0-9]+" }),
    name: text({ required: true, maxLength: 100 }),
    address: embed("Address"),
  },
  relationships: {
    locations: hasMany("Location", { via: "warehouse" }),
    orders: hasMany("PurchaseOrder", { via: "deliverTo" }),
  },
  aggregates: {
    stockValue: sum("locations.stock.value", { describe: "What lies here, at cost." }),
  },
  policies: [
    allow("read", "size(actor.roles) > 0"),
    allow("*", "'manager' in actor.roles"),
  ],
  order: ["code"],
});
