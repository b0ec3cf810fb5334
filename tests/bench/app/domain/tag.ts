import { resource, text } from "gantry";

export default resource("Tag", {
  attributes: {
    name: text({ required: true, unique: true }),
  },
});
