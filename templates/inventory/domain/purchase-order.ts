import { belongsTo, choice, date, hasMany, resource, text, today } from "gantry";

export default resource("PurchaseOrder", {
  describe: "Goods that we have ordered.",
  attributes: {
    number: text({ required: true, unique: true, maxLength: 20 }),
    status: choice(["draft", "sent", "received", "cancelled"], { required: true, default: "draft" }),
    orderedOn: date({ required: true, default: today() }),
    expectedOn: date(),
  },
  relationships: {
    supplier: belongsTo("Supplier", { required: true }),
    deliverTo: belongsTo("Warehouse", { required: true }),
    lines: hasMany("PurchaseOrderLine", { via: "order" }),
  },
  indexes: [["status", "expectedOn"]],
});
