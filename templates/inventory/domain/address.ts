import { text, valueObject } from "gantry";

export default valueObject("Address", {
  describe: "Where a building or a supplier is.",
  attributes: {
    street: text({ maxLength: 200 }),
    postcode: text({ maxLength: 20 }),
    city: text({ required: true, maxLength: 100 }),
    country: text({ required: true, minLength: 2, maxLength: 2, pattern: "[A-Z]{2}", describe: "ISO 3166 code." }),
  },
});
