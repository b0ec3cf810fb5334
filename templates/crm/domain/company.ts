import { choice, hasMany, integer, manyToMany, now, resource, text, timestamp } from "gantry";

export default resource("Company", {
  describe: "An organisation that buys, or might.",
  attributes: {
    name: text({ required: true, maxLength: 200 }),
    website: text({ maxLength: 300, pattern: "https?://.+" }),
    industry: choice(["manufacturing", "retail", "logistics", "software", "health", "other"], { default: "other" }),
    size: integer({ min: 1, describe: "People who work there." }),
    city: text({ maxLength: 100 }),
    country: text({ minLength: 2, maxLength: 2, pattern: "[A-Z]{2}", describe: "ISO 3166 code." }),
    createdAt: timestamp({ required: true, default: now() }),
  },
  relationships: {
    contacts: hasMany("Contact", { via: "company" }),
    deals: hasMany("Deal", { via: "company" }),
    tags: manyToMany("Tag"),
  },
  indexes: [["name"], ["country", "city"]],
});
