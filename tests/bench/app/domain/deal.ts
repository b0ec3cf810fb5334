import { belongsTo, choice, decimal, manyToMany, now, resource, text, timestamp } from "gantry";

export default resource("Deal", {
  attributes: {
    title: text({ required: true }),
    stage: choice(["lead", "qualified", "proposal", "negotiation", "won", "lost"], { required: true, default: "lead" }),
    amount: decimal({ precision: 12, scale: 2, required: true }),
    createdAt: timestamp({ required: true, default: now() }),
  },
  relationships: {
    company: belongsTo("Company", { required: true }),
    contact: belongsTo("Contact", { required: true }),
    tags: manyToMany("Tag", { table: "deal_tags", column: "deal_id", targetColumn: "tag_id" }),
  },
  indexes: [
    ["stage", "-createdAt"],
    ["company", "-createdAt"],
  ],
});
