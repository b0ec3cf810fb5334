import { belongsTo, choice, date, decimal, hasMany, integer, manyToMany, now, resource, text, timestamp } from "gantry";

export default resource("Deal", {
  describe: "A sale in progress.",
  attributes: {
    title: text({ required: true, maxLength: 200 }),
    stage: choice(["lead", "qualified", "proposal", "negotiation", "won", "lost"], { required: true, default: "lead" }),
    amount: decimal({ precision: 14, scale: 2, min: "0", required: true, default: "0" }),
    probability: integer({ min: 0, max: 100, default: 10, describe: "In percent." }),
    expectedOn: date({ describe: "When we expect it to close." }),
    closedOn: date(),
    createdAt: timestamp({ required: true, default: now() }),
  },
  relationships: {
    company: belongsTo("Company", { required: true }),
    contact: belongsTo("Contact", { onDelete: "setNull" }),
    owner: belongsTo("TeamMember", { onDelete: "setNull" }),
    lines: hasMany("DealLine", { via: "deal" }),
    activities: hasMany("Activity", { via: "deal" }),
    tags: manyToMany("Tag"),
  },
  indexes: [["stage", "-createdAt"], ["expectedOn"]],
});
