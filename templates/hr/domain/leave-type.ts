import { allow, boolean, hasMany, integer, resource, text } from "gantry";

export default resource("LeaveType", {
  describe: "A reason to be away.",
  attributes: {
    name: text({ required: true, unique: true, maxLength: 60 }),
    daysPerYear: integer({ min: 0, max: 366, describe: "Empty where nobody counts." }),
    paid: boolean({ required: true, default: true }),
  },
  relationships: {
    accounts: hasMany("LeaveAccount", { via: "leaveType" }),
  },
  policies: [
    allow("read", "size(actor.roles) > 0"),
    allow("*", "'hr' in actor.roles"),
  ],
  order: ["name"],
});
