import { allow, belongsTo, check, decimal, expression, field, forbid, hasMany, resource, sum } from "gantry";

export default resource("PurchaseOrderLine", {
  describe: "One product of a purchase order.",
  attributes: {
    quantity: decimal({ precision: 14, scale: 3, min: "0.001", required: true }),
    unitCost: decimal({ precision: 12, scale: 4, min: "0", required: true, default: expression("product.cost") }),
  },
  relationships: {
    order: belongsTo("PurchaseOrder", { required: true, onDelete: "cascade" }),
    product: belongsTo("Product", { required: true }),
    movements: hasMany("StockMovement", { via: "orderLine" }),
  },
  calculations: {
    total: decimal("quantity * unitCost", { precision: 16, scale: 2, stored: true }),
    outstanding: decimal("greatest(quantity - coalesce(received, 0), 0)", { precision: 14, scale: 3, stored: true }),
  },
  aggregates: {
    received: sum("movements.quantity", { stored: true, describe: "What has arrived, reversals taken off." }),
  },
  validations: [
    check("order.status == 'draft'", {
      message: "The order has been sent, so its lines stay as they are.",
      field: "order",
    }),
    check("product.active", { message: "This is not kept any more.", field: "product", on: ["create"] }),
  ],
  unique: [["order", "product"]],
  policies: [
    allow("read", "size(actor.roles) > 0"),
    allow("*", "'manager' in actor.roles || 'buyer' in actor.roles"),
    forbid("destroy", "order.status != 'draft'"),
    field(["unitCost", "total"], { read: "!('clerk' in actor.roles)" }),
  ],
});
