import { allow, belongsTo, boolean, email, hasMany, manyToMany, max, phone, resource, text } from "gantry";

export default resource("Contact", {
  describe: "A person at a company.",
  attributes: {
    firstName: text({ required: true, maxLength: 100 }),
    lastName: text({ required: true, maxLength: 100 }),
    email: email({ unique: true }),
    phone: phone(),
    jobTitle: text({ maxLength: 120 }),
    mayBeMailed: boolean({ required: true, default: false, describe: "Has agreed to receive mail." }),
  },
  relationships: {
    company: belongsTo("Company", { onDelete: "setNull" }),
    deals: manyToMany("Deal", { through: "DealContact" }),
    dealRoles: hasMany("DealContact", { via: "contact" }),
    activities: hasMany("Activity", { via: "contact" }),
  },
  calculations: {
    name: text("firstName + ' ' + lastName", { stored: true }),
  },
  aggregates: {
    lastActivityAt: max("activities.at"),
  },
  indexes: [["lastName", "firstName"]],
  policies: [
    allow("read", "size(actor.roles) > 0"),
    allow(["create", "update"], "'sales' in actor.roles || 'support' in actor.roles"),
    allow("*", "'manager' in actor.roles"),
  ],
  timestamps: true,
  search: ["firstName", "lastName", "jobTitle"],
  order: ["lastName", "firstName"],
});
