import type { MonthLimit } from "#lib/plans/plans.ts";

/*
 * What clients of an app read. They are not of the organisation, so neither its plan nor its figures are told to them.
 */

const theirs = "Reads go on, and nothing is lost. Whoever runs the app can change its plan in Gantry.";

/** Why changes are refused, or runs wait, once the month's limit is used up. */
export const usedUp: Readonly<Record<MonthLimit, string>> = {
  requestsPerMonth: `This app answers reads alone until the month (UTC) is over: the requests of its plan are used up. ${theirs}`,
  processRunsPerMonth: `Processes of this app wait until the month (UTC) is over: the runs of its plan are used up. ${theirs}`,
};

/** Why changes are refused where the app is over the limit of projects or environments of a smaller plan. */
export const beyondPlan = `This app answers reads alone: it is beyond what its plan has room for. ${theirs}`;
