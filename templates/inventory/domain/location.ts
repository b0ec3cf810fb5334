import { belongsTo, hasMany, resource, text } from "gantry";

export default resource("Location", {
  describe: "A shelf, a bin or a bay of a warehouse.",
  attributes: {
    code: text({ required: true, maxLength: 20 }),
    description: text({ maxLength: 200 }),
  },
  relationships: {
    warehouse: belongsTo("Warehouse", { required: true }),
    stock: hasMany("StockItem", { via: "location" }),
  },
  unique: [["warehouse", "code"]],
});
