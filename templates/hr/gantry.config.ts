import { app } from "gantry";

export default app({
  name: "HR",
  describe: "The people of a company, their leave, their reviews, and whoever wants to join.",
});
