import type { Catalog } from "#lib/plan/catalog/Catalog.ts";
import type { RunPlan } from "#lib/plan/types.ts";
import type { FieldCipher } from "./FieldCipher.ts";
import { revealAnswer } from "./revealAnswer.ts";
import { sealPlan } from "./sealPlan.ts";

/** Runs plans so that the database never sees the values of encrypted fields, and whoever may read them does. */
export function encryptingRunner(run: RunPlan, catalog: Catalog, cipher: FieldCipher): RunPlan {
  return async (actor, plan) => {
    const answer = await run(actor, sealPlan(plan, catalog, cipher));
    return answer && revealAnswer(answer, plan, { catalog, cipher });
  };
}
