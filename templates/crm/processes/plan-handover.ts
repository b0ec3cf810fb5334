import { act, compute, find, onChange, process, uuid } from "gantry";

export default process("planHandover", {
  describe: "Has what was won handed over: a task for its owner, due in three working days.",
  input: { deal: uuid({ required: true }) },
  starts: [onChange("Deal", { actions: ["win"], input: { deal: "id" } })],
  steps: {
    deal: find("Deal", "input.deal"),
    due: compute("workdaysAfter", { input: { from: "steps.deal.closedOn", days: "3" } }),
    task: act("Task", "create", {
      input: {
        title: "'Hand over ' + steps.deal.number",
        dueOn: "steps.due",
        priority: "'high'",
        deal: "steps.deal.id",
        assignee: "steps.deal.ownerId",
      },
    }),
  },
  output: { task: uuid("steps.task.id") },
});
