import { allow, belongsTo, choice, date, integer, read, require, resource, text, timestamp, update } from "gantry";

export default resource("Task", {
  describe: "Something that one of us has promised to do.",
  attributes: {
    title: text({ required: true, maxLength: 200 }),
    dueOn: date(),
    priority: choice(["low", "normal", "high"], { required: true, default: "normal" }),
    status: choice(["open", "done", "dropped"], { required: true, default: "open" }),
    doneAt: timestamp({ readOnly: true }),
  },
  relationships: {
    deal: belongsTo("Deal", { onDelete: "cascade" }),
    assignee: belongsTo("TeamMember", { required: true }),
  },
  states: {
    attribute: "status",
    transitions: {
      complete: "open -> done",
      drop: "open -> dropped",
      reopen: "done, dropped -> open",
    },
  },
  indexes: [
    ["status", "dueOn"],
    ["dueOn", "title"],
  ],
  actions: {
    read: {},
    create: {},
    update: {},
    destroy: {},
    complete: update({ set: { doneAt: "now()" } }),
    reopen: update({ set: { doneAt: "null" } }),
    postpone: update({
      arguments: { days: integer({ min: 1, max: 365, required: true, default: 7 }) },
      set: { dueOn: "addDays(greatest(coalesce(dueOn, today()), today()), arguments.days)" },
      require: require("status == 'open'", "Only what is open can be put off."),
    }),
    mine: read({ where: "status == 'open' && assignee == actor.id" }),
    overdue: read({ where: "status == 'open' && dueOn < today()" }),
  },
  policies: [
    allow("*", "'manager' in actor.roles"),
    allow("*", "('sales' in actor.roles || 'support' in actor.roles) && assignee == actor.id"),
    allow("read", "actor in assignee.team.members || 'reader' in actor.roles"),
  ],
  softDelete: true,
  timestamps: true,
  order: ["dueOn", "title"],
  changeFeed: true,
});
