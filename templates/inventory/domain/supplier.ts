import { allow, count, email, embed, field, hasMany, integer, manyToMany, phone, resource, sum, text } from "gantry";

export default resource("Supplier", {
  describe: "Whom we buy from.",
  attributes: {
    name: text({ required: true, unique: true, maxLength: 200 }),
    email: email(),
    phone: phone(),
    address: embed("Address"),
    leadTime: integer({ min: 0, describe: "Days from order to delivery." }),
  },
  relationships: {
    products: manyToMany("Product", { via: "suppliers" }),
    orders: hasMany("PurchaseOrder", { via: "supplier" }),
  },
  aggregates: {
    openOrders: count("orders", { where: "status == 'sent'" }),
    ordered: sum("orders.total", {
      where: "status in ['sent', 'received']",
      describe: "For how much we have ordered.",
    }),
  },
  policies: [
    allow("read", "size(actor.roles) > 0"),
    allow("*", "'manager' in actor.roles || 'buyer' in actor.roles"),
    field("ordered", { read: "!('clerk' in actor.roles)" }),
  ],
  history: true,
  search: ["name"],
  order: ["name"],
});
