import { randomBytes } from "node:crypto";
import { and, asc, desc, eq, inArray, isNull } from "drizzle-orm";
import { memberships } from "#db/schema/organisations.ts";
import { alertRules, alerts } from "#db/schema/telemetry.ts";
import { users } from "#db/schema/users.ts";
import { AppError } from "#lib/errors/AppError.ts";
import type { Connection } from "../../../database.ts";
import { seal } from "../../../secrets/seal.ts";
import { installationMail } from "../../environments/service.ts";
import type { Measure } from "./measures.ts";
import { readWebhookUrl } from "./postWebhook.ts";

export type AlertRule = typeof alertRules.$inferSelect;

export interface NewRule {
  readonly name: string;
  readonly measure: Measure;
  readonly threshold: number;
  readonly minutes: number;
  readonly channel: "mail" | "webhook";
  readonly target: string;
}

const mostRules = 50;
const historyShown = 100;

/** The rules of an environment with what has become of them, and whom mails may go to. */
export async function listRules(db: Connection, environmentId: string, organisationId: string) {
  const rules = await db
    .select()
    .from(alertRules)
    .where(eq(alertRules.environmentId, environmentId))
    .orderBy(asc(alertRules.createdAt));
  const ids = rules.map(({ id }) => id);
  const [open, history, members] = await Promise.all([
    ids.length === 0
      ? []
      : db
          .select()
          .from(alerts)
          .where(and(inArray(alerts.ruleId, ids), isNull(alerts.endedAt))),
    ids.length === 0
      ? []
      : db.select().from(alerts).where(inArray(alerts.ruleId, ids)).orderBy(desc(alerts.startedAt)).limit(historyShown),
    memberAddresses(db, organisationId),
  ]);
  return {
    rules: rules.map(({ secretSealed: _, environmentId: __, ...rule }) => ({
      ...rule,
      open: open.find(({ ruleId }) => ruleId === rule.id) ?? null,
    })),
    history: history.map((alert) => ({ ...alert, rule: rules.find(({ id }) => id === alert.ruleId)?.name ?? "" })),
    members,
    hasMail: installationMail() !== null,
  };
}

/** Answers the secret of a webhook, which is shown this once. */
export async function addRule(
  db: Connection,
  {
    environmentId,
    organisationId,
    ...given
  }: NewRule & { readonly environmentId: string; readonly organisationId: string },
): Promise<{ readonly id: string; readonly secret: string | null }> {
  if (given.channel === "webhook") readWebhookUrl(given.target);
  else await requireMember(db, organisationId, given.target);
  const count = await db.$count(alertRules, eq(alertRules.environmentId, environmentId));
  if (count >= mostRules) throw new AppError("conflict", `An environment has at most ${mostRules} rules.`);
  const secret = given.channel === "webhook" ? `whsec_${randomBytes(32).toString("base64")}` : null;
  const [made] = await db
    .insert(alertRules)
    .values({ ...given, environmentId, secretSealed: secret && seal(secret) })
    .returning({ id: alertRules.id });
  if (!made) throw new Error("An inserted rule was not returned.");
  return { id: made.id, secret };
}

export async function findRule(db: Connection, environmentId: string, id: string): Promise<AlertRule> {
  const [rule] = await db
    .select()
    .from(alertRules)
    .where(and(eq(alertRules.id, id), eq(alertRules.environmentId, environmentId)));
  if (!rule) throw new AppError("not_found", "This rule is not there any more.");
  return rule;
}

/** With its history. */
export async function removeRule(db: Connection, environmentId: string, id: string): Promise<void> {
  await db.delete(alertRules).where(and(eq(alertRules.id, id), eq(alertRules.environmentId, environmentId)));
}

async function memberAddresses(db: Connection, organisationId: string): Promise<readonly string[]> {
  const rows = await db
    .select({ email: users.email })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(
      and(eq(memberships.organisationId, organisationId), isNull(memberships.suspendedAt), eq(users.kind, "person")),
    )
    .orderBy(users.email);
  return rows.map(({ email }) => email);
}

/** Mails of the installation go to nobody who did not ask for them. */
async function requireMember(db: Connection, organisationId: string, address: string): Promise<void> {
  const fail = (message: string): never => {
    throw new AppError("invalid_input", message, { fields: [{ field: "target", rule: "member", message }] });
  };
  if (installationMail() === null) fail("This installation has no mail server: choose a webhook.");
  if (!(await memberAddresses(db, organisationId)).includes(address)) {
    fail("Mails go to people of this organisation only: choose one of them, or a webhook.");
  }
}
