import { allow, belongsTo, check, count, file, hasMany, now, resource, sequence, text, timestamp } from "gantry";

export default resource("GoodsReceipt", {
  describe: "A delivery that arrived for an order. Its numbers have no gaps, as auditors ask for.",
  attributes: {
    number: sequence("GR-{year}-{0000}", { gapless: true, required: true, unique: true }),
    arrivedAt: timestamp({ required: true, default: now() }),
    deliveryNote: text({ maxLength: 60, describe: "The supplier's number." }),
    scan: file({ maxSize: 10000000, mediaTypes: ["application/pdf", "image/*"] }),
  },
  relationships: {
    order: belongsTo("PurchaseOrder", { required: true }),
    movements: hasMany("StockMovement", { via: "receipt" }),
  },
  aggregates: {
    positions: count("movements"),
  },
  validations: [
    check("order.status == 'sent'", {
      message: "Only an order that has been sent can arrive.",
      field: "order",
      on: ["create"],
    }),
  ],
  actions: {
    read: {},
    create: {},
    update: { accept: ["deliveryNote"] },
  },
  policies: [
    allow("read", "size(actor.roles) > 0"),
    allow("*", "'clerk' in actor.roles || 'manager' in actor.roles"),
  ],
  history: true,
  order: ["-number"],
});
