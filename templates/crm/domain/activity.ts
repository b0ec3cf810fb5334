import { allow, belongsTo, check, choice, now, resource, text, timestamp } from "gantry";

export default resource("Activity", {
  describe: "A call, a meeting or a mail that took place or is agreed.",
  attributes: {
    kind: choice(["call", "meeting", "mail", "note"], { required: true }),
    subject: text({ required: true, maxLength: 200 }),
    notes: text(),
    at: timestamp({ required: true, default: now() }),
    nextStep: text({ maxLength: 300 }),
  },
  relationships: {
    deal: belongsTo("Deal", { required: true, onDelete: "cascade" }),
    contact: belongsTo("Contact", { onDelete: "setNull" }),
    by: belongsTo("TeamMember", { onDelete: "setNull" }),
  },
  validations: [
    check("contact == null || contact.company == deal.company", {
      message: "This person is not of the deal's company.",
      field: "contact",
    }),
  ],
  indexes: [["-at"]],
  policies: [
    allow("*", "'manager' in actor.roles"),
    allow(["read", "create"], "'support' in actor.roles"),
    allow("read", "'reader' in actor.roles"),
    allow(["read", "create"], "'sales' in actor.roles && (deal.owner == actor.id || actor in deal.owner.team.members)"),
    allow(["update", "destroy"], "'sales' in actor.roles && by == actor.id"),
  ],
  softDelete: true,
  timestamps: true,
  search: ["subject", "notes"],
  order: ["-at"],
});
