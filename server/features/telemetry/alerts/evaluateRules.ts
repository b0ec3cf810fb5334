import { and, eq, isNull } from "drizzle-orm";
import { alertRules, alerts } from "#db/schema/telemetry.ts";
import { database } from "../../../database.ts";
import { logDefect } from "../../../log.ts";
import { measureNow } from "./measureNow.ts";

/** Begins alerts of rules that hold now, and ends those of rules that do not any more. Repeated it changes nothing. */
export async function evaluateRules(now = Date.now()): Promise<void> {
  for (const { id } of await database().select({ id: alertRules.id }).from(alertRules)) {
    try {
      await evaluateRule(id, now);
    } catch (error) {
      // One rule must not keep the others from being looked at.
      logDefect("A rule for alerts could not be evaluated.", error, { rule: id });
    }
  }
}

async function evaluateRule(id: string, now: number): Promise<void> {
  await database().transaction(async (db) => {
    // Two looks at the same time would begin two alerts.
    const [rule] = await db.select().from(alertRules).where(eq(alertRules.id, id)).for("update");
    if (!rule) return;
    const value = await measureNow(db, rule, now);
    const [open] = await db
      .select()
      .from(alerts)
      .where(and(eq(alerts.ruleId, id), isNull(alerts.endedAt)));
    const holds = value !== null && value > rule.threshold;
    if (holds && !open) await db.insert(alerts).values({ ruleId: id, startedAt: new Date(now), value });
    else if (holds && open && value > open.value) await db.update(alerts).set({ value }).where(eq(alerts.id, open.id));
    else if (!holds && open)
      await db
        .update(alerts)
        .set({ endedAt: new Date(now) })
        .where(eq(alerts.id, open.id));
  });
}
