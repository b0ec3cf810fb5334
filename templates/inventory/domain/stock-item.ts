import { allow, belongsTo, field, forbid, hasMany, max, read, resource, sum } from "gantry";

export default resource("StockItem", {
  describe: "A product at a location: what its movements leave there.",
  attributes: {},
  relationships: {
    product: belongsTo("Product", { required: true }),
    location: belongsTo("Location", { required: true }),
    movements: hasMany("StockMovement", { via: "stockItem" }),
  },
  aggregates: {
    onHand: sum("movements.quantity", { stored: true, describe: "Never less than nothing." }),
    value: sum("movements.value", { stored: true }),
    lastMovedAt: max("movements.at"),
  },
  unique: [["product", "location"]],
  actions: {
    read: {},
    create: {},
    destroy: {},
    empty: read({ where: "coalesce(onHand, 0) == 0" }),
  },
  policies: [
    allow("read", "size(actor.roles) > 0"),
    allow("create", "'clerk' in actor.roles"),
    allow("*", "'manager' in actor.roles"),
    forbid("destroy", "exists(movements)", { describe: "What has moved once is kept." }),
    field("value", { read: "!('clerk' in actor.roles)" }),
  ],
});
