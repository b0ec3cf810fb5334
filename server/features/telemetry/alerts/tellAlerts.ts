import { and, asc, eq, gt, isNotNull, isNull, or, sql } from "drizzle-orm";
import { environments } from "#db/schema/environments.ts";
import { organisations } from "#db/schema/organisations.ts";
import { projects } from "#db/schema/projects.ts";
import { alertRules, alerts } from "#db/schema/telemetry.ts";
import { AppError } from "#lib/errors/AppError.ts";
import { type Connection, database } from "../../../database.ts";
import { env } from "../../../env.ts";
import { logDefect } from "../../../log.ts";
import type { Notice } from "./Notice.ts";
import { type AlertRule, findRule } from "./rules.ts";
import { sendNotice } from "./sendNotice.ts";

/** Nobody wants to hear of it any more. */
const triedFor = sql`now() - interval '24 hours'`;

const untold = and(
  gt(alerts.startedAt, triedFor),
  or(isNull(alerts.toldStartAt), and(isNotNull(alerts.endedAt), isNull(alerts.toldEndAt))),
);

/** Tells of starts and ends that nobody was told of; what cannot be told is told at the next call, for a day. */
export async function tellAlerts(): Promise<void> {
  const waiting = await database().select({ id: alerts.id }).from(alerts).where(untold).orderBy(asc(alerts.startedAt));
  for (const { id } of waiting) {
    try {
      await tellAlert(id);
    } catch (error) {
      logDefect("An alert could not be told.", error, { alert: id });
    }
  }
}

async function tellAlert(id: string): Promise<void> {
  await database().transaction(async (db) => {
    // Whoever else is at it tells it.
    const [alert] = await db
      .select()
      .from(alerts)
      .where(and(eq(alerts.id, id), untold))
      .for("update", { skipLocked: true });
    if (!alert) return;
    const [rule] = await db.select().from(alertRules).where(eq(alertRules.id, alert.ruleId));
    if (!rule) return;
    const kinds = [
      ...(alert.toldStartAt ? [] : (["started"] as const)),
      ...(alert.endedAt && !alert.toldEndAt ? (["ended"] as const) : []),
    ];
    for (const kind of kinds) {
      const { value, startedAt } = alert;
      const endedAt = kind === "ended" ? alert.endedAt : null;
      const failure = await failureOf(async () =>
        sendNotice(rule, { ...(await noticeFor(db, rule)), kind, id, value, startedAt, endedAt }),
      );
      const told = kind === "started" ? { toldStartAt: new Date() } : { toldEndAt: new Date() };
      await db
        .update(alerts)
        .set(failure === null ? { ...told, failure } : { failure })
        .where(eq(alerts.id, id));
      if (failure !== null) return;
    }
  });
}

/** Tells whoever the rule names that this is how it looks. Throws AppError where that could not be. */
export async function tellTest(db: Connection, environmentId: string, ruleId: string): Promise<void> {
  const rule = await findRule(db, environmentId, ruleId);
  const id = crypto.randomUUID();
  const notice = { kind: "test", id, value: null, startedAt: new Date(), endedAt: null } as const;
  await sendNotice(rule, { ...(await noticeFor(db, rule)), ...notice });
}

/** Public sentence; null where it was told. */
async function failureOf(work: () => Promise<void>): Promise<string | null> {
  try {
    await work();
    return null;
  } catch (error) {
    if (error instanceof AppError) return error.message;
    logDefect("A notice of an alert could not be sent.", error);
    return "Something went wrong on our side.";
  }
}

async function noticeFor(
  db: Connection,
  rule: AlertRule,
): Promise<Pick<Notice, "project" | "environment" | "rule" | "url">> {
  const [place] = await db
    .select({ environment: environments.name, project: projects.name, slug: projects.slug, home: organisations.slug })
    .from(environments)
    .innerJoin(projects, eq(projects.id, environments.projectId))
    .innerJoin(organisations, eq(organisations.id, projects.organisationId))
    .where(eq(environments.id, rule.environmentId));
  if (!place) throw new Error("A rule has no environment.");
  const { id, name, measure, threshold, minutes } = rule;
  const url = new URL(`/${place.home}/${place.slug}/pilot/alerts`, env().NEXTAUTH_URL);
  if (place.environment !== "production") url.searchParams.set("environment", place.environment);
  return {
    project: place.project,
    environment: place.environment,
    rule: { id, name, measure, threshold, minutes },
    url: url.href,
  };
}
