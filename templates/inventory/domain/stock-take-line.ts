import { allow, belongsTo, check, decimal, expression, field, forbid, hasOne, resource } from "gantry";

export default resource("StockTakeLine", {
  describe: "What was counted of one product, and what should have been there.",
  attributes: {
    expected: decimal({
      precision: 14,
      scale: 3,
      required: true,
      default: expression("coalesce(stockItem.onHand, 0)"),
      readOnly: true,
    }),
    counted: decimal({ precision: 14, scale: 3, min: "0", required: true }),
  },
  relationships: {
    stockTake: belongsTo("StockTake", { required: true, onDelete: "cascade" }),
    stockItem: belongsTo("StockItem", { required: true }),
    movement: hasOne("StockMovement", { via: "countedBy" }),
  },
  calculations: {
    difference: decimal("counted - expected", { precision: 14, scale: 3, stored: true }),
    differenceValue: decimal("difference * stockItem.product.cost", { precision: 16, scale: 2 }),
  },
  validations: [
    check("stockTake.status == 'counting'", { message: "This count is not going on.", field: "stockTake" }),
    check("stockItem.location == stockTake.location", { message: "That lies somewhere else.", field: "stockItem" }),
    check("movement == null", { message: "The difference has been moved already.", field: "counted", on: ["update"] }),
  ],
  unique: [["stockTake", "stockItem"]],
  actions: {
    read: {},
    create: {},
    update: { accept: ["counted"] },
    destroy: {},
  },
  policies: [
    allow("read", "size(actor.roles) > 0"),
    allow("*", "'clerk' in actor.roles || 'manager' in actor.roles"),
    forbid("destroy", "stockTake.status != 'counting'"),
    field("differenceValue", { read: "!('clerk' in actor.roles)" }),
  ],
});
