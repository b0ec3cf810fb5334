import {
  allow,
  belongsTo,
  check,
  choice,
  create,
  decimal,
  expression,
  field,
  hasOne,
  now,
  resource,
  text,
  timestamp,
} from "gantry";

export default resource("StockMovement", {
  describe: "Goods that came, went or were counted. Movements are never changed; a wrong one is reversed by another.",
  attributes: {
    kind: choice(["received", "shipped", "returned", "moved", "counted", "scrapped", "reversed"], { required: true }),
    quantity: decimal({ precision: 14, scale: 3, required: true, describe: "Negative when goods leave." }),
    unitCost: decimal({
      precision: 12,
      scale: 4,
      min: "0",
      required: true,
      default: expression("orderLine == null ? stockItem.product.cost : orderLine.unitCost"),
      readOnly: true,
    }),
    at: timestamp({ required: true, default: now() }),
    note: text({ maxLength: 500 }),
  },
  relationships: {
    stockItem: belongsTo("StockItem", { required: true }),
    orderLine: belongsTo("PurchaseOrderLine", { describe: "What it was ordered by." }),
    receipt: belongsTo("GoodsReceipt", { describe: "The delivery that it came with." }),
    countedBy: belongsTo("StockTakeLine", { unique: true, describe: "The count that it puts right." }),
    reverses: belongsTo("StockMovement", { unique: true }),
    reversedBy: hasOne("StockMovement", { via: "reverses" }),
  },
  calculations: {
    value: decimal("quantity * unitCost", { precision: 16, scale: 2, stored: true }),
  },
  validations: [
    check("stockItem.onHand >= 0", { message: "There is not that much at this location.", field: "quantity" }),
    check("quantity != 0", { message: "Nothing moves by nothing.", field: "quantity" }),
    check("quantity > 0", {
      message: "What comes in is a positive quantity.",
      field: "quantity",
      when: "kind in ['received', 'returned']",
    }),
    check("quantity < 0", {
      message: "What goes out is a negative quantity.",
      field: "quantity",
      when: "kind in ['shipped', 'scrapped']",
    }),
    check("quantity < 0 || !stockItem.location.blocked", {
      message: "This location is blocked: nothing more may be put here.",
      field: "stockItem",
    }),
    check("orderLine.product == stockItem.product && orderLine.order.status == 'sent'", {
      message: "Goods are received for the product of a line whose order has been sent.",
      field: "orderLine",
      when: "orderLine != null && kind == 'received'",
    }),
    check("orderLine.received <= orderLine.quantity", {
      message: "That is more than was ordered.",
      field: "quantity",
      when: "orderLine != null",
    }),
    check("receipt.order == orderLine.order", {
      message: "The delivery is of another order.",
      field: "receipt",
      when: "receipt != null",
    }),
    check("stockItem == countedBy.stockItem && quantity == countedBy.difference", {
      message: "Counting moves the difference that was found.",
      field: "countedBy",
      when: "kind == 'counted'",
    }),
    check("stockItem == reverses.stockItem && quantity == -reverses.quantity", {
      message: "A reversal takes back one whole movement.",
      field: "reverses",
      when: "kind == 'reversed' || reverses != null",
    }),
  ],
  indexes: [["stockItem", "-at"], ["-at"]],
  actions: {
    read: {},
    create: {},
    ship: create({
      accept: ["note", "stockItem"],
      arguments: { quantity: decimal({ precision: 14, scale: 3, min: "0.001", required: true }) },
      set: { kind: "'shipped'", quantity: "-arguments.quantity" },
    }),
    receive: create({
      accept: ["note", "stockItem", "orderLine", "receipt"],
      arguments: { quantity: decimal({ precision: 14, scale: 3, min: "0.001", required: true }) },
      set: { kind: "'received'", quantity: "arguments.quantity" },
    }),
  },
  policies: [
    allow("read", "size(actor.roles) > 0"),
    allow("create", "'clerk' in actor.roles && kind != 'reversed'"),
    allow("*", "'manager' in actor.roles"),
    field(["unitCost", "value"], { read: "!('clerk' in actor.roles)" }),
  ],
  history: true,
  order: ["-at"],
});
