import { belongsTo, boolean, choice, now, resource, text, timestamp } from "gantry";

export default resource("Activity", {
  describe: "A call, a meeting, a mail or a task.",
  attributes: {
    kind: choice(["call", "meeting", "mail", "task"], { required: true }),
    subject: text({ required: true, maxLength: 200 }),
    notes: text(),
    at: timestamp({ required: true, default: now() }),
    done: boolean({ required: true, default: false }),
  },
  relationships: {
    deal: belongsTo("Deal", { onDelete: "cascade" }),
    contact: belongsTo("Contact", { onDelete: "setNull" }),
  },
  indexes: [["-at"]],
});
