import { belongsTo, boolean, hasMany, now, resource, text, timestamp } from "gantry";

export default resource("Contact", {
  describe: "A person at a company.",
  attributes: {
    firstName: text({ required: true, maxLength: 100 }),
    lastName: text({ required: true, maxLength: 100 }),
    email: text({ unique: true, maxLength: 254, pattern: "[^@ ]+@[^@ ]+" }),
    phone: text({ maxLength: 40 }),
    jobTitle: text({ maxLength: 120 }),
    mayBeMailed: boolean({ required: true, default: false, describe: "Has agreed to receive mail." }),
    createdAt: timestamp({ required: true, default: now() }),
  },
  relationships: {
    company: belongsTo("Company", { onDelete: "setNull" }),
    deals: hasMany("Deal", { via: "contact" }),
    activities: hasMany("Activity", { via: "contact" }),
  },
  indexes: [["lastName", "firstName"]],
});
