import { belongsTo, resource, text } from "gantry";

export default resource("Contact", {
  attributes: {
    firstName: text({ required: true }),
    lastName: text({ required: true }),
    email: text({ required: true }),
  },
  relationships: {
    company: belongsTo("Company", { required: true }),
  },
  indexes: [["company", "lastName"]],
});
