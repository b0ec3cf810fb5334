import { hasMany, now, resource, text, timestamp } from "gantry";

export default resource("Company", {
  attributes: {
    name: text({ required: true }),
    city: text({ required: true }),
    createdAt: timestamp({ required: true, default: now() }),
  },
  relationships: {
    contacts: hasMany("Contact", { via: "company" }),
    deals: hasMany("Deal", { via: "company" }),
  },
  indexes: [["city", "name"]],
});
