import { manyToMany, resource, text } from "gantry";

export default resource("Skill", {
  describe: "Something that people can do.",
  attributes: {
    name: text({ required: true, unique: true, maxLength: 80 }),
  },
  relationships: {
    employees: manyToMany("Employee", { via: "skills" }),
  },
});
