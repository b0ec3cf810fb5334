import { allow, belongsTo, check, count, hasMany, resource, text } from "gantry";

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
  aggregates: {
    productCount: count("products"),
  },
  validations: [
    check("parent == null || parent != id", { message: "A group does not lie in itself.", field: "parent" }),
  ],
  indexes: [["name"]],
  policies: [
    allow("read", "size(actor.roles) > 0"),
    allow("*", "'manager' in actor.roles || 'buyer' in actor.roles"),
  ],
  order: ["name"],
});
