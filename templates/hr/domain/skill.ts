import { allow, count, manyToMany, resource, text } from "gantry";

export default resource("Skill", {
  describe: "Something that people can do.",
  attributes: {
    name: text({ required: true, unique: true, maxLength: 80 }),
  },
  relationships: {
    employees: manyToMany("Employee", { via: "skills" }),
  },
  aggregates: {
    holders: count("employees", { where: "status == 'active'" }),
  },
  policies: [
    allow("read", "size(actor.roles) > 0"),
    allow("create", "'employee' in actor.roles"),
    allow("*", "'hr' in actor.roles"),
  ],
  order: ["name"],
});
