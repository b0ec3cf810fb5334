import { belongsTo, date, integer, resource, text } from "gantry";

export default resource("Review", {
  describe: "How someone's work was seen.",
  attributes: {
    heldOn: date({ required: true }),
    rating: integer({ min: 1, max: 5, required: true }),
    summary: text({ required: true }),
    goals: text(),
  },
  relationships: {
    employee: belongsTo("Employee", { required: true, onDelete: "cascade" }),
    reviewer: belongsTo("Employee", { onDelete: "setNull" }),
  },
  unique: [["employee", "heldOn"]],
});
