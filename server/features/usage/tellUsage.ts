import { and, eq, inArray, isNull } from "drizzle-orm";
import { memberships, organisations } from "#db/schema/organisations.ts";
import { usageNotices } from "#db/schema/usage.ts";
import { users } from "#db/schema/users.ts";
import { limits, planFor, plans } from "#lib/plans/plans.ts";
import { numberWords } from "#lib/plans/words.ts";
import { database, type Transaction } from "../../database.ts";
import { env } from "../../env.ts";
import { logDefect } from "../../log.ts";
import { askToSend, keepMail, type Mail } from "../../mail/sendMail.ts";
import { type Level, levels, type QuotaState } from "./quota.ts";
import type { OrganisationState } from "./wantedHolds.ts";

const order = ["near", "reached", "held"] as const satisfies readonly Level[];

/** Tells owners and whoever does the billing, once for each level that a limit has come to in a month. */
export async function tellUsage(states: readonly OrganisationState[], month: string): Promise<void> {
  for (const state of states) {
    for (const quota of state.quota) {
      if (quota.level === null) continue;
      // Where nothing is held back there is nothing to tell of it.
      const level = quota.level === "held" && !quota.bites ? "reached" : quota.level;
      const mails = await database().transaction((transaction) => note(transaction, state, { quota, level, month }));
      for (const id of mails) {
        // One that could not be announced is found by the job that looks for such.
        await askToSend(id).catch((error: unknown) => logDefect("A mail could not be announced.", error));
      }
    }
  }
}

interface Reached {
  readonly quota: QuotaState;
  readonly level: Level;
  readonly month: string;
}

/** Answers the mails to send; none where the level, or a higher one, was told already. */
async function note(db: Transaction, state: OrganisationState, { quota, level, month }: Reached): Promise<string[]> {
  const { organisationId } = state;
  const { limit } = quota;
  const rows = order.slice(0, order.indexOf(level) + 1).map((one) => ({ organisationId, month, limit, level: one }));
  const added = await db
    .insert(usageNotices)
    .values(rows)
    .onConflictDoNothing()
    .returning({ level: usageNotices.level });
  // Of levels that were come to at once only the highest is told.
  if (!added.some((one) => one.level === level)) return [];
  const [organisation] = await db
    .select({ name: organisations.name, slug: organisations.slug })
    .from(organisations)
    .where(eq(organisations.id, organisationId));
  if (!organisation) return [];
  const people = await db
    .select({ email: users.email })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(
      and(
        eq(memberships.organisationId, organisationId),
        inArray(memberships.role, ["owner", "billing"]),
        isNull(memberships.suspendedAt),
        eq(users.kind, "person"),
      ),
    );
  const { subject, text } = wordsFor(state, { quota, level, month }, organisation);
  const ids: string[] = [];
  for (const { email } of people) ids.push(await keepMail(db, { to: email, subject, text }));
  return ids;
}

function wordsFor(
  { entitlements }: OrganisationState,
  { quota, level, month }: Reached,
  { name, slug }: { readonly name: string; readonly slug: string },
): Omit<Mail, "to"> {
  const { limit, used, value, bites } = quota;
  const what = limit === "requestsPerMonth" ? "requests" : "process runs";
  const percent = Math.floor((100 * used) / (value ?? used));
  const larger = planFor(limit, used + 1);
  const settings = `${env().NEXTAUTH_URL.replace(/\/$/, "")}/${slug}/settings`;
  const stop = limit === "requestsPerMonth" ? "apps answer reads alone" : "processes wait";
  const from = numberWords(Math.ceil((value ?? 0) * levels.held));
  const consequence = !bites
    ? "Nothing stops: what is beyond is billed by use."
    : level === "held"
      ? `Until the month is over ${stop}; whoever calls them is told why. Nothing is lost.`
      : `From ${from} on ${stop} until the month is over. Reads go on and nothing is lost.`;
  const subject =
    level === "near"
      ? `${name} has used ${percent} % of its ${what} for ${month}`
      : `${name} has used up its ${what} for ${month}`;
  const more = larger && larger !== entitlements.plan.name ? ` ${plans[larger].title} has more.` : "";
  return {
    subject,
    text: [
      `${name} is on ${plans[entitlements.plan.name].title}, which has ${numberWords(value ?? 0)} ${limits[limit].many}. In ${month} (UTC) its apps have used ${numberWords(used)}, ${percent} %.`,
      `${consequence}${more}`,
      `Use by day, project and environment: ${settings}/usage\nPlan: ${settings}/plan`,
      "You get this because you are an owner of the organisation or do its billing.",
    ].join("\n\n"),
  };
}
