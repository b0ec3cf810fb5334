import { belongsTo, decimal, integer, resource } from "gantry";

export default resource("DealLine", {
  describe: "What is offered in a deal, and for how much.",
  attributes: {
    quantity: integer({ min: 1, required: true, default: 1 }),
    unitPrice: decimal({ precision: 12, scale: 2, min: "0", required: true }),
    discount: decimal({ precision: 5, scale: 2, min: "0", max: "100", default: "0", describe: "In percent." }),
  },
  relationships: {
    deal: belongsTo("Deal", { required: true, onDelete: "cascade" }),
    product: belongsTo("Product", { required: true }),
  },
  unique: [["deal", "product"]],
});
