import { belongsTo, choice, decimal, now, resource, text, timestamp } from "gantry";

export default resource("StockMovement", {
  describe: "Goods that came, went or were counted.",
  attributes: {
    kind: choice(["received", "shipped", "moved", "counted"], { required: true }),
    quantity: decimal({ precision: 14, scale: 3, required: true, describe: "Negative when goods leave." }),
    at: timestamp({ required: true, default: now() }),
    note: text({ maxLength: 500 }),
  },
  relationships: {
    product: belongsTo("Product", { required: true }),
    from: belongsTo("Location"),
    to: belongsTo("Location"),
    orderLine: belongsTo("PurchaseOrderLine", { onDelete: "setNull" }),
  },
  indexes: [["product", "-at"]],
  actions: { read: {}, create: {} },
});
