import { allow, belongsTo, check, choice, date, integer, require, resource, text, timestamp, update } from "gantry";

export default resource("Review", {
  describe: "How someone's work was seen. It is shown once its author shares it.",
  attributes: {
    heldOn: date({ required: true }),
    rating: integer({ min: 1, max: 5, required: true }),
    summary: text({ required: true }),
    goals: text(),
    status: choice(["draft", "shared", "acknowledged"], { required: true, default: "draft" }),
    comment: text({ maxLength: 2000, readOnly: true, describe: "Of whoever was reviewed." }),
    acknowledgedAt: timestamp({ readOnly: true }),
  },
  relationships: {
    employee: belongsTo("Employee", { required: true, onDelete: "cascade" }),
    reviewer: belongsTo("Employee", { onDelete: "setNull" }),
  },
  validations: [
    check("reviewer == null || reviewer != employee", { message: "Nobody reviews themselves.", field: "reviewer" }),
  ],
  states: {
    attribute: "status",
    transitions: {
      share: "draft -> shared",
      acknowledge: "shared -> acknowledged",
    },
  },
  unique: [["employee", "heldOn"]],
  indexes: [["-heldOn"]],
  actions: {
    read: {},
    create: {},
    update: {},
    destroy: {},
    acknowledge: update({
      arguments: { comment: text({ maxLength: 2000 }) },
      set: { comment: "arguments.comment", acknowledgedAt: "now()" },
      require: require("employee == actor.id", "Only who was reviewed acknowledges it."),
    }),
  },
  policies: [
    allow("read", "employee == actor.id && status != 'draft'"),
    allow("acknowledge", "employee == actor.id"),
    allow(["read", "create", "share"], "reviewer == actor.id && employee.manager == actor.id"),
    allow(["update", "destroy"], "reviewer == actor.id && status == 'draft'"),
    allow("*", "'hr' in actor.roles"),
  ],
  history: true,
  timestamps: true,
  order: ["-heldOn"],
});
