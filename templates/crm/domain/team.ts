import { allow, count, hasMany, resource, sum, text } from "gantry";

export default resource("Team", {
  describe: "Colleagues who sell together and see each other's deals.",
  attributes: {
    name: text({ required: true, unique: true, maxLength: 80 }),
  },
  relationships: {
    members: hasMany("TeamMember", { via: "team" }),
  },
  aggregates: {
    size: count("members", { where: "active" }),
    openValue: sum("members.deals.amount", { where: "open" }),
  },
  policies: [
    allow("read", "size(actor.roles) > 0"),
    allow("*", "'manager' in actor.roles"),
  ],
  order: ["name"],
});
