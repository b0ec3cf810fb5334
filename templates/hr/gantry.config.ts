import { app } from "gantry";

export default app({
  name: "HR",
  describe: "The people of a company, their leave, their reviews, and whoever wants to join.",
  roles: {
    hr: "Looks after all people and their papers.",
    payroll: "Pays: reads salaries, bank accounts and leave.",
    recruiter: "Fills openings.",
    employee: "Works here. Whom somebody leads follows from their manager, not from a role.",
  },
  users: "Employee",
});
