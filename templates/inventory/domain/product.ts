import { belongsTo, boolean, choice, decimal, hasMany, integer, manyToMany, resource, text } from "gantry";

export default resource("Product", {
  describe: "Something that is kept in stock.",
  attributes: {
    sku: text({ required: true, unique: true, maxLength: 40, pattern: "[A-Z0-9-]+" }),
    name: text({ required: true, maxLength: 200 }),
    unit: choice(["piece", "box", "kilogram", "litre", "metre"], { required: true, default: "piece" }),
    cost: decimal({ precision: 12, scale: 4, min: "0" }),
    price: decimal({ precision: 12, scale: 2, min: "0", required: true }),
    reorderLevel: integer({ min: 0, required: true, default: 0, describe: "Order again when less is left." }),
    active: boolean({ required: true, default: true }),
  },
  relationships: {
    category: belongsTo("Category", { onDelete: "setNull" }),
    suppliers: manyToMany("Supplier"),
    stock: hasMany("StockItem", { via: "product" }),
    movements: hasMany("StockMovement", { via: "product" }),
    orderLines: hasMany("PurchaseOrderLine", { via: "product" }),
  },
  indexes: [["name"]],
});
