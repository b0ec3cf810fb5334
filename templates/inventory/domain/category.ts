import { belongsTo, hasMany, resource, text } from "gantry";

export default resource("Category", {
  describe: "A group of products; groups may lie in groups.",
  attributes: {
    name: text({ required: true, maxLength: 100 }),
  },
  relationships: {
    parent: belongsTo("Category", { onDelete: "setNull" }),
    children: hasMany("Category", { via: "parent" }),
    products: hasMany("Product", { via: "category" }),
  },
});
