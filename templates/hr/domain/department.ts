import { allow, belongsTo, check, count, field, hasMany, resource, sum, text } from "gantry";

export default resource("Department", {
  describe: "A part of the company; parts may lie in parts.",
  attributes: {
    name: text({ required: true, unique: true, maxLength: 100 }),
    costCentre: text({ maxLength: 20 }),
  },
  relationships: {
    parent: belongsTo("Department", { onDelete: "setNull" }),
    head: belongsTo("Employee", { onDelete: "setNull" }),
    children: hasMany("Department", { via: "parent" }),
    employees: hasMany("Employee", { via: "department" }),
    openings: hasMany("JobOpening", { via: "department" }),
  },
  aggregates: {
    headcount: count("employees", { where: "status != 'left'", stored: true }),
    payroll: sum("employees.salary", { where: "status != 'left'", describe: "What the people cost in a year." }),
  },
  validations: [
    check("parent == null || parent != id", { message: "A part does not lie in itself.", field: "parent" }),
  ],
  indexes: [["costCentre", "name"]],
  policies: [
    allow("read", "size(actor.roles) > 0"),
    allow("*", "'hr' in actor.roles"),
    field("payroll", { read: "'hr' in actor.roles || 'payroll' in actor.roles" }),
  ],
  history: true,
  order: ["costCentre", "name"],
});
