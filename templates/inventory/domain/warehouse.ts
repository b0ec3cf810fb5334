import { hasMany, resource, text } from "gantry";

export default resource("Warehouse", {
  describe: "A building where stock is kept.",
  attributes: {
    code: text({ required: true, unique: true, maxLength: 10, pattern: "[A-Z0-9]+" }),
    name: text({ required: true, maxLength: 100 }),
    city: text({ maxLength: 100 }),
  },
  relationships: {
    locations: hasMany("Location", { via: "warehouse" }),
    orders: hasMany("PurchaseOrder", { via: "deliverTo" }),
  },
});
