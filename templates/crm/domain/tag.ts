import { allow, manyToMany, resource, text } from "gantry";

export default resource("Tag", {
  describe: "A word to find things by.",
  attributes: {
    name: text({ required: true, unique: true, maxLength: 40 }),
  },
  relationships: {
    companies: manyToMany("Company", { via: "tags" }),
    deals: manyToMany("Deal", { via: "tags" }),
  },
  policies: [
    allow("read", "size(actor.roles) > 0"),
    allow("create", "'sales' in actor.roles"),
    allow("*", "'manager' in actor.roles"),
  ],
  order: ["name"],
});
