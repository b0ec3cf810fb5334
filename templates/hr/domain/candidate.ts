import { allow, create, date, email, expression, hasMany, json, phone, read, resource, text } from "gantry";

export default resource("Candidate", {
  describe: "Someone who would like to work here. What we know of them is kept no longer than they agreed to.",
  attributes: {
    name: text({ required: true, maxLength: 200 }),
    email: email({ required: true, unique: true }),
    phone: phone({ sensitive: true }),
    links: json({ describe: "Where to read more, by name." }),
    keepUntil: date({
      required: true,
      default: expression("addMonths(today(), 6)"),
      describe: "Then they are to be removed.",
    }),
  },
  relationships: {
    applications: hasMany("JobApplication", { via: "candidate" }),
  },
  indexes: [["name"]],
  actions: {
    read: {},
    create: {},
    update: {},
    destroy: {},
    toRemove: read({ where: "keepUntil < today()" }),
    apply: create({
      accept: ["name", "email", "phone", "links"],
      upsert: ["email"],
      describe: "Enters someone who may be known already.",
    }),
  },
  policies: [
    allow("*", "'hr' in actor.roles || 'recruiter' in actor.roles"),
  ],
  timestamps: true,
  search: ["name", "email"],
  order: ["name"],
});
