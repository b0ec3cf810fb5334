import { belongsTo, choice, integer, now, resource, text, timestamp } from "gantry";

export default resource("JobApplication", {
  describe: "A candidate for an opening.",
  attributes: {
    stage: choice(["received", "screening", "interview", "offer", "hired", "rejected"], {
      required: true,
      default: "received",
    }),
    score: integer({ min: 0, max: 100 }),
    note: text(),
    receivedAt: timestamp({ required: true, default: now() }),
  },
  relationships: {
    opening: belongsTo("JobOpening", { required: true, onDelete: "cascade" }),
    candidate: belongsTo("Candidate", { required: true, onDelete: "cascade" }),
  },
  unique: [["opening", "candidate"]],
  indexes: [["stage"]],
});
