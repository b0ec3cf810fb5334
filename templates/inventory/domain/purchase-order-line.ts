import { belongsTo, decimal, hasMany, resource } from "gantry";

export default resource("PurchaseOrderLine", {
  describe: "One product of a purchase order.",
  attributes: {
    quantity: decimal({ precision: 14, scale: 3, min: "0.001", required: true }),
    unitCost: decimal({ precision: 12, scale: 4, min: "0", required: true }),
    received: decimal({ precision: 14, scale: 3, min: "0", required: true, default: "0" }),
  },
  relationships: {
    order: belongsTo("PurchaseOrder", { required: true, onDelete: "cascade" }),
    product: belongsTo("Product", { required: true }),
    movements: hasMany("StockMovement", { via: "orderLine" }),
  },
  unique: [["order", "product"]],
});
