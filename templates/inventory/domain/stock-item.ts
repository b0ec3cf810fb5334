import { belongsTo, decimal, resource } from "gantry";

export default resource("StockItem", {
  describe: "How much of a product lies at a location.",
  attributes: {
    quantity: decimal({ precision: 14, scale: 3, min: "0", required: true, default: "0" }),
  },
  relationships: {
    product: belongsTo("Product", { required: true }),
    location: belongsTo("Location", { required: true }),
  },
  unique: [["product", "location"]],
});
