import { boolean, decimal, hasMany, resource, text } from "gantry";

export default resource("Product", {
  describe: "Something we sell.",
  attributes: {
    code: text({ required: true, unique: true, maxLength: 40, pattern: "[A-Z0-9-]+" }),
    name: text({ required: true, maxLength: 200 }),
    price: decimal({ precision: 12, scale: 2, min: "0", required: true }),
    active: boolean({ required: true, default: true }),
  },
  relationships: {
    lines: hasMany("DealLine", { via: "product" }),
  },
});
