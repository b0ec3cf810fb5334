import { act, compute, forEach, integer, onCall, onSchedule, process, select } from "gantry";

export default process("chaseStaleDeals", {
  describe: "Every Monday asks the owners of deals about which nothing was done for 30 days how they stand.",
  starts: [
    onSchedule("0 8 * * MON", { zone: "Europe/Berlin", missed: "once" }),
    onCall({ allow: "'manager' in actor.roles" }),
  ],
  steps: {
    stale: select("Deal", { action: "stale", limit: 200 }),
    due: compute("workdaysAfter", { input: { from: "today()", days: "2" } }),
    each: forEach("steps.stale", {
      as: "deal",
      steps: {
        open: select("Task", { where: { deal: "deal.id", status: "'open'" }, limit: 1 }),
        task: act("Task", "create", {
          describe: "Unless somebody has promised something already.",
          when: "size(steps.open) == 0",
          input: {
            title: "'Ask how ' + deal.number + ' stands'",
            dueOn: "steps.due",
            deal: "deal.id",
            assignee: "deal.ownerId",
          },
        }),
      },
      atOnce: 5,
    }),
  },
  output: { deals: integer("steps.each") },
});
