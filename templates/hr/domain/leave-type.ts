import { boolean, hasMany, integer, resource, text } from "gantry";

export default resource("LeaveType", {
  describe: "A reason to be away.",
  attributes: {
    name: text({ required: true, unique: true, maxLength: 60 }),
    daysPerYear: integer({ min: 0, max: 366 }),
    paid: boolean({ required: true, default: true }),
  },
  relationships: {
    requests: hasMany("LeaveRequest", { via: "leaveType" }),
  },
});
