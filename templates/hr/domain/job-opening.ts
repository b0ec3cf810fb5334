import { belongsTo, choice, date, decimal, hasMany, integer, resource, text, today } from "gantry";

export default resource("JobOpening", {
  describe: "A place to be filled.",
  attributes: {
    title: text({ required: true, maxLength: 120 }),
    places: integer({ min: 1, required: true, default: 1 }),
    status: choice(["draft", "open", "filled", "closed"], { required: true, default: "draft" }),
    salaryFrom: decimal({ precision: 12, scale: 2, min: "0" }),
    salaryTo: decimal({ precision: 12, scale: 2, min: "0" }),
    openedOn: date({ required: true, default: today() }),
  },
  relationships: {
    department: belongsTo("Department", { required: true }),
    applications: hasMany("JobApplication", { via: "opening" }),
  },
});
