import { allow, belongsTo, count, decimal, expression, hasMany, integer, read, resource, sum } from "gantry";

export default resource("LeaveAccount", {
  describe: "The days of one kind of leave that someone has in a year, and what is left of them.",
  attributes: {
    year: integer({ min: 2000, max: 2100, required: true }),
    entitled: decimal({
      precision: 5,
      scale: 1,
      min: "0",
      max: "366",
      default: expression("decimal(leaveType.daysPerYear)"),
      describe: "Empty where nobody counts.",
    }),
    carriedOver: decimal({ precision: 5, scale: 1, min: "0", max: "366", required: true, default: "0" }),
  },
  relationships: {
    employee: belongsTo("Employee", { required: true, onDelete: "cascade" }),
    leaveType: belongsTo("LeaveType", { required: true }),
    requests: hasMany("LeaveRequest", { via: "account" }),
  },
  calculations: {
    balance: decimal("entitled + carriedOver - coalesce(taken, 0)", {
      precision: 6,
      scale: 1,
      describe: "What is left once all that is approved is taken.",
    }),
  },
  aggregates: {
    taken: sum("requests.days", { where: "status == 'approved'", stored: true }),
    asked: sum("requests.days", { where: "status == 'requested'", stored: true }),
    requestCount: count("requests"),
  },
  unique: [["employee", "leaveType", "year"]],
  indexes: [["-year"]],
  actions: {
    read: {},
    create: {},
    update: {},
    destroy: {},
    mine: read({ where: "employee == actor.id" }),
  },
  policies: [
    allow("read", "employee == actor.id || employee.manager == actor.id || employee.manager.manager == actor.id"),
    allow("read", "'payroll' in actor.roles"),
    allow("*", "'hr' in actor.roles"),
  ],
  history: true,
  order: ["-year"],
});
