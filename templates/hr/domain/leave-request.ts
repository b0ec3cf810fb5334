import { belongsTo, choice, date, decimal, now, resource, text, timestamp } from "gantry";

export default resource("LeaveRequest", {
  describe: "Days that someone asks to be away.",
  attributes: {
    startsOn: date({ required: true }),
    endsOn: date({ required: true }),
    days: decimal({ precision: 5, scale: 1, min: "0.5", max: "366", required: true }),
    status: choice(["requested", "approved", "declined", "cancelled"], { required: true, default: "requested" }),
    note: text({ maxLength: 500 }),
    requestedAt: timestamp({ required: true, default: now() }),
  },
  relationships: {
    employee: belongsTo("Employee", { required: true, onDelete: "cascade" }),
    leaveType: belongsTo("LeaveType", { required: true }),
    decidedBy: belongsTo("Employee", { onDelete: "setNull" }),
  },
  indexes: [["status", "startsOn"]],
});
