import {
  allow,
  belongsTo,
  boolean,
  check,
  choice,
  date,
  decimal,
  read,
  require,
  resource,
  text,
  timestamp,
  update,
} from "gantry";

export default resource("LeaveRequest", {
  describe: "Days that someone asks to be away, until somebody else decides.",
  attributes: {
    startsOn: date({ required: true }),
    endsOn: date({ required: true }),
    halfDay: boolean({ required: true, default: false, describe: "The last day is only half a day off." }),
    status: choice(["requested", "approved", "rejected", "cancelled"], { required: true, default: "requested" }),
    note: text({ maxLength: 500 }),
    answer: text({ maxLength: 500, readOnly: true }),
    decidedAt: timestamp({ readOnly: true }),
  },
  relationships: {
    account: belongsTo("LeaveAccount", { required: true, onDelete: "cascade" }),
    decidedBy: belongsTo("Employee", { onDelete: "setNull" }),
  },
  calculations: {
    days: decimal(
      "daysBetween(date('2001-01-01'), endsOn) / 7 * 5 + least(daysBetween(date('2001-01-01'), endsOn) % 7 + 1, 5) - daysBetween(date('2001-01-01'), startsOn) / 7 * 5 - least(daysBetween(date('2001-01-01'), startsOn) % 7, 5) - (halfDay ? 0.5 : 0.0)",
      { precision: 5, scale: 1, stored: true, describe: "Mondays to Fridays, from the first day to the last." },
    ),
  },
  validations: [
    check("endsOn >= startsOn", { message: "It ends before it starts.", field: "endsOn" }),
    check("days > 0", { message: "There is no working day among these.", field: "endsOn" }),
    check("year(startsOn) == account.year", {
      message: "The days are of another year than the account.",
      field: "startsOn",
    }),
    check(
      "!exists(account.employee.leaveAccounts.requests, id != record.id && status in ['requested', 'approved'] && startsOn <= record.endsOn && endsOn >= record.startsOn)",
      {
        message: "There is another request for some of these days.",
        field: "startsOn",
        when: "status in ['requested', 'approved']",
      },
    ),
  ],
  states: {
    attribute: "status",
    transitions: {
      approve: "requested -> approved",
      reject: "requested -> rejected",
      cancel: "requested, approved -> cancelled",
    },
  },
  indexes: [["status", "startsOn"], ["-startsOn"]],
  actions: {
    read: {},
    create: { accept: ["startsOn", "endsOn", "halfDay", "note", "account"] },
    update: { accept: ["startsOn", "endsOn", "halfDay", "note"] },
    destroy: {},
    approve: update({
      arguments: { answer: text({ maxLength: 500 }) },
      set: { answer: "arguments.answer", decidedBy: "actor.id", decidedAt: "now()" },
      require: require("actor.id == null || account.employee != actor.id", "Nobody approves their own leave."),
      validations: [
        check("account.balance == null || account.balance >= 0", {
          message: "There are not that many days left.",
          field: "endsOn",
        }),
      ],
    }),
    reject: update({
      arguments: { answer: text({ required: true, maxLength: 500 }) },
      set: { answer: "arguments.answer", decidedBy: "actor.id", decidedAt: "now()" },
      require: require("actor.id == null || account.employee != actor.id", "Nobody rejects their own leave."),
    }),
    cancel: update({ require: require("startsOn > today()", "Leave that has begun is not cancelled.") }),
    toDecide: read({
      where: "status == 'requested' && account.employee.manager == actor.id",
      describe: "What waits for the asker to decide.",
    }),
    away: read({
      arguments: { on: date({ required: true }) },
      where: "status == 'approved' && startsOn <= arguments.on && endsOn >= arguments.on",
    }),
  },
  policies: [
    allow(
      "read",
      "account.employee == actor.id || account.employee.manager == actor.id || account.employee.manager.manager == actor.id",
    ),
    allow("read", "'payroll' in actor.roles"),
    allow(["create", "cancel"], "account.employee == actor.id"),
    allow("update", "account.employee == actor.id && status == 'requested'"),
    allow(["approve", "reject"], "account.employee.manager == actor.id"),
    allow("*", "'hr' in actor.roles"),
  ],
  history: true,
  timestamps: true,
  order: ["-startsOn"],
});
