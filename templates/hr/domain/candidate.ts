import { hasMany, json, now, resource, text, timestamp } from "gantry";

export default resource("Candidate", {
  describe: "Someone who would like to work here.",
  attributes: {
    name: text({ required: true, maxLength: 200 }),
    email: text({ required: true, unique: true, maxLength: 254 }),
    phone: text({ maxLength: 40 }),
    links: json({ describe: "Where to read more, by name." }),
    createdAt: timestamp({ required: true, default: now() }),
  },
  relationships: {
    applications: hasMany("JobApplication", { via: "candidate" }),
  },
});
