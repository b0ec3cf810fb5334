import { belongsTo, choice, date, decimal, hasMany, manyToMany, resource, text } from "gantry";

export default resource("Employee", {
  describe: "Someone who works here, or did.",
  attributes: {
    number: text({ required: true, unique: true, maxLength: 10, pattern: "E[0-9]{4}" }),
    firstName: text({ required: true, maxLength: 100 }),
    lastName: text({ required: true, maxLength: 100 }),
    email: text({ required: true, unique: true, maxLength: 254 }),
    jobTitle: text({ required: true, maxLength: 120 }),
    employment: choice(["fullTime", "partTime", "contractor", "intern"], { required: true, default: "fullTime" }),
    salary: decimal({ precision: 12, scale: 2, min: "0", describe: "For a year." }),
    startedOn: date({ required: true }),
    endedOn: date(),
  },
  relationships: {
    department: belongsTo("Department", { required: true }),
    manager: belongsTo("Employee", { onDelete: "setNull" }),
    reports: hasMany("Employee", { via: "manager" }),
    skills: manyToMany("Skill"),
    leaves: hasMany("LeaveRequest", { via: "employee" }),
    reviews: hasMany("Review", { via: "employee" }),
    reviewsGiven: hasMany("Review", { via: "reviewer" }),
  },
  indexes: [["lastName", "firstName"], ["startedOn"]],
});
