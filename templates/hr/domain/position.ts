import { allow, check, count, decimal, field, hasMany, integer, resource, text } from "gantry";

export default resource("Position", {
  describe: "A kind of work, with the salaries that are paid for it.",
  attributes: {
    title: text({ required: true, unique: true, maxLength: 120 }),
    level: integer({ min: 1, max: 10, required: true, default: 1 }),
    salaryFrom: decimal({ precision: 12, scale: 2, min: "0", describe: "For a year, in euros." }),
    salaryTo: decimal({ precision: 12, scale: 2, min: "0" }),
  },
  relationships: {
    employees: hasMany("Employee", { via: "position" }),
    openings: hasMany("JobOpening", { via: "position" }),
  },
  aggregates: {
    holders: count("employees", { where: "status != 'left'" }),
  },
  validations: [
    check("salaryFrom == null || salaryTo == null || salaryFrom <= salaryTo", {
      message: "The band ends below its beginning.",
      field: "salaryTo",
    }),
  ],
  policies: [
    allow("read", "size(actor.roles) > 0"),
    allow("*", "'hr' in actor.roles"),
    field(["salaryFrom", "salaryTo"], {
      read: "'hr' in actor.roles || 'payroll' in actor.roles || 'recruiter' in actor.roles",
    }),
  ],
  order: ["title"],
});
