import { allow, belongsTo, check, decimal, expression, field, forbid, integer, resource } from "gantry";

export default resource("DealLine", {
  describe: "What is offered in a deal, and for how much.",
  attributes: {
    quantity: integer({ min: 1, required: true, default: 1 }),
    unitPrice: decimal({ precision: 12, scale: 2, min: "0", required: true, default: expression("product.price") }),
    discount: decimal({
      precision: 5,
      scale: 2,
      min: "0",
      max: "100",
      required: true,
      default: "0",
      describe: "In percent.",
    }),
    unitCost: decimal({
      precision: 12,
      scale: 2,
      min: "0",
      default: expression("product.cost"),
      readOnly: true,
      describe: "What the product cost us when it was offered.",
    }),
  },
  relationships: {
    deal: belongsTo("Deal", { required: true, onDelete: "cascade" }),
    product: belongsTo("Product", { required: true }),
  },
  calculations: {
    total: decimal("quantity * unitPrice * (100.0 - discount) / 100.0", { precision: 14, scale: 2, stored: true }),
    cost: decimal("quantity * unitCost", { precision: 14, scale: 2, stored: true }),
  },
  validations: [
    check("deal.open", { message: "The deal is finished, so its lines stay as they are.", field: "deal" }),
    check("product.active", { message: "This is not sold any more.", field: "product", on: ["create"] }),
  ],
  unique: [["deal", "product"]],
  policies: [
    allow("*", "'manager' in actor.roles || 'sales' in actor.roles && deal.owner == actor.id"),
    allow("read", "'support' in actor.roles || 'reader' in actor.roles"),
    allow("read", "'sales' in actor.roles && actor in deal.owner.team.members"),
    forbid(["create", "update"], "discount > 20 && !('manager' in actor.roles)", {
      describe: "More than a fifth off is for a manager to give.",
    }),
    forbid("destroy", "!deal.open"),
    field(["unitCost", "cost"], { read: "'manager' in actor.roles" }),
  ],
  softDelete: true,
});
