import { belongsTo, hasMany, resource, text } from "gantry";

export default resource("Department", {
  describe: "A part of the company; parts may lie in parts.",
  attributes: {
    name: text({ required: true, unique: true, maxLength: 100 }),
    costCentre: text({ maxLength: 20 }),
  },
  relationships: {
    parent: belongsTo("Department", { onDelete: "setNull" }),
    children: hasMany("Department", { via: "parent" }),
    employees: hasMany("Employee", { via: "department" }),
    openings: hasMany("JobOpening", { via: "department" }),
  },
});
