import { allow, belongsTo, boolean, hasMany, resource, text } from "gantry";

export default resource("Location", {
  describe: "A shelf, a bin or a bay of a warehouse.",
  attributes: {
    code: text({ required: true, maxLength: 20 }),
    description: text({ maxLength: 200 }),
    blocked: boolean({ required: true, default: false, describe: "Nothing more may be put here." }),
  },
  relationships: {
    warehouse: belongsTo("Warehouse", { required: true }),
    stock: hasMany("StockItem", { via: "location" }),
    stockTakes: hasMany("StockTake", { via: "location" }),
  },
  calculations: {
    label: text("warehouse.code + ' ' + code"),
  },
  unique: [["warehouse", "code"]],
  indexes: [["code"]],
  policies: [
    allow("read", "size(actor.roles) > 0"),
    allow("*", "'manager' in actor.roles"),
  ],
  order: ["code"],
});
