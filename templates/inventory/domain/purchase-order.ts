import {
  allow,
  belongsTo,
  boolean,
  check,
  choice,
  count,
  date,
  field,
  forbid,
  hasMany,
  read,
  require,
  resource,
  sequence,
  sum,
  text,
  today,
  update,
} from "gantry";

export default resource("PurchaseOrder", {
  describe: "Goods that we have ordered.",
  attributes: {
    number: sequence("PO-{year}-{0000}", { required: true, unique: true }),
    status: choice(["draft", "sent", "received", "cancelled"], { required: true, default: "draft" }),
    orderedOn: date({ required: true, default: today() }),
    expectedOn: date(),
    note: text({ maxLength: 500 }),
  },
  relationships: {
    supplier: belongsTo("Supplier", { required: true }),
    deliverTo: belongsTo("Warehouse", { required: true }),
    lines: hasMany("PurchaseOrderLine", { via: "order" }),
    receipts: hasMany("GoodsReceipt", { via: "order" }),
  },
  calculations: {
    late: boolean("status == 'sent' && expectedOn < today()"),
    complete: boolean("all(lines, coalesce(received, 0) >= quantity)"),
  },
  aggregates: {
    total: sum("lines.total", { stored: true }),
    lineCount: count("lines"),
    receiptCount: count("receipts"),
  },
  validations: [
    check("expectedOn == null || expectedOn >= orderedOn", {
      message: "Nothing arrives before it is ordered.",
      field: "expectedOn",
    }),
  ],
  states: {
    attribute: "status",
    transitions: {
      send: "draft -> sent",
      complete: "sent -> received",
      cancel: "draft, sent -> cancelled",
    },
  },
  indexes: [["status", "expectedOn"]],
  actions: {
    read: {},
    create: {},
    update: {},
    destroy: {},
    send: update({
      accept: ["expectedOn"],
      set: { orderedOn: "today()" },
      require: require("exists(lines)", "An order without lines is not sent."),
    }),
    complete: update({
      require: require("all(lines, coalesce(received, 0) >= quantity)", "Not everything has arrived yet."),
    }),
    cancel: update({
      accept: ["note"],
      require: require("!exists(lines, received > 0)", "Goods have arrived already, so the order stays."),
    }),
    late: read({ where: "status == 'sent' && expectedOn < today()", describe: "What should have been here by now." }),
  },
  policies: [
    allow("read", "size(actor.roles) > 0"),
    allow("complete", "'clerk' in actor.roles"),
    allow("*", "'manager' in actor.roles || 'buyer' in actor.roles"),
    forbid("send", "coalesce(total, 0) > 5000 && !('manager' in actor.roles)", {
      describe: "Orders of more than 5000 are sent by managers only.",
    }),
    forbid("destroy", "status != 'draft'", { describe: "What was sent once is kept." }),
    field("total", { read: "!('clerk' in actor.roles)" }),
  ],
  history: true,
  timestamps: true,
  search: ["number", "note"],
  order: ["-number"],
});
