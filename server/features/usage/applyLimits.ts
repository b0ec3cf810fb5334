import { database } from "../../database.ts";
import { keepHolds } from "./keepHolds.ts";
import { monthOf } from "./months.ts";
import { tellUsage } from "./tellUsage.ts";
import { organisationStates, wantedHolds } from "./wantedHolds.ts";

/** Does what the limits of all plans ask for now. May be repeated; a job does so each minute. */
export async function applyLimits(now = new Date()): Promise<void> {
  const month = monthOf(now);
  const states = await organisationStates(database(), month);
  await keepHolds(await wantedHolds(database(), states));
  await tellUsage(states, month);
}
