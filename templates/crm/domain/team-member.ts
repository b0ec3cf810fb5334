import { allow, belongsTo, boolean, check, count, email, hasMany, resource, sum, text } from "gantry";

export default resource("TeamMember", {
  describe: "Someone of ours who signs in: the owner of deals, activities and tasks.",
  attributes: {
    name: text({ required: true, maxLength: 120 }),
    email: email({ required: true, unique: true }),
    active: boolean({ required: true, default: true }),
  },
  relationships: {
    team: belongsTo("Team", { onDelete: "setNull" }),
    manager: belongsTo("TeamMember", { onDelete: "setNull" }),
    reports: hasMany("TeamMember", { via: "manager" }),
    companies: hasMany("Company", { via: "owner" }),
    deals: hasMany("Deal", { via: "owner" }),
    activities: hasMany("Activity", { via: "by" }),
    tasks: hasMany("Task", { via: "assignee" }),
  },
  aggregates: {
    openDeals: count("deals", { where: "open" }),
    pipeline: sum("deals.weighted", { where: "open", describe: "What the open deals are worth, weighted." }),
    wonValue: sum("deals.amount", { where: "stage == 'won'" }),
  },
  validations: [
    check("manager == null || manager != id", { message: "Nobody leads themselves.", field: "manager" }),
  ],
  indexes: [["name"]],
  policies: [
    allow("read", "size(actor.roles) > 0"),
    allow("*", "'manager' in actor.roles"),
  ],
  order: ["name"],
});
