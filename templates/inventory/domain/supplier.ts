import { hasMany, integer, manyToMany, resource, text } from "gantry";

export default resource("Supplier", {
  describe: "Whom we buy from.",
  attributes: {
    name: text({ required: true, unique: true, maxLength: 200 }),
    email: text({ maxLength: 254 }),
    phone: text({ maxLength: 40 }),
    leadTime: integer({ min: 0, describe: "Days from order to delivery." }),
  },
  relationships: {
    products: manyToMany("Product", { via: "suppliers" }),
    orders: hasMany("PurchaseOrder", { via: "supplier" }),
  },
});
