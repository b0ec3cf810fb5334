import { and, asc, eq, inArray, isNotNull, isNull, or } from "drizzle-orm";
import { memberships, organisations } from "#db/schema/organisations.ts";
import { subscriptions } from "#db/schema/subscriptions.ts";
import { users } from "#db/schema/users.ts";
import { plans } from "#lib/plans/plans.ts";
import { type Connection, database } from "../../database.ts";
import { logDefect } from "../../log.ts";
import { sendMail } from "../../mail/sendMail.ts";
import { graceDays } from "../plans/service.ts";
import { alone } from "./alone.ts";
import { planPage } from "./checkout.ts";
import { isInDebt, type Subscription } from "./subscriptionState.ts";

const day = 24 * 60 * 60_000;
/** So long before the end of the grace they are told again. */
const remindedDays = 3;

type Stage = NonNullable<Subscription["toldOfDebt"]>;

const stages = ["failed", "reminded", "ended"] as const satisfies readonly Stage[];

type Debt = Pick<Subscription, "status" | "pastDueSince">;

/** When an organisation whose payment fails loses what its plan has; null: no payment fails. */
export function graceEnds({ status, pastDueSince }: Debt): Date | null {
  if (!isInDebt(status) || pastDueSince === null) return null;
  return new Date(pastDueSince.getTime() + graceDays * day);
}

/** How far a debt has gone; null: there is none. */
export function stageOf(debt: Debt, now: number): Stage | null {
  const ends = graceEnds(debt);
  if (!ends) return null;
  if (now >= ends.getTime() || debt.status === "unpaid") return "ended";
  return now >= ends.getTime() - remindedDays * day ? "reminded" : "failed";
}

/** Tells those who pay what they have not been told yet. Answers how many organisations were told. */
export async function tellOfDebts(now: number = Date.now()): Promise<number> {
  const isOwing = or(inArray(subscriptions.status, ["past_due", "unpaid"]), isNotNull(subscriptions.toldOfDebt));
  const owing = await database().select({ id: subscriptions.organisationId }).from(subscriptions).where(isOwing);
  let told = 0;
  for (const { id } of owing) {
    try {
      if (await tellOfDebt(id, now)) told += 1;
    } catch (error) {
      logDefect("Nobody could be told of a payment that failed.", error, { organisationId: id });
    }
  }
  return told;
}

/** The mails are written before it is noted that they were: cut off in between, they are written twice rather than never. */
export async function tellOfDebt(organisationId: string, now: number = Date.now()): Promise<boolean> {
  return await alone(organisationId, async (transaction) => {
    const isTheirs = eq(subscriptions.organisationId, organisationId);
    const [row] = await transaction.select().from(subscriptions).where(isTheirs);
    const stage = row ? stageOf(row, now) : null;
    if (!row || !stage) return false;
    if (row.toldOfDebt && stages.indexOf(row.toldOfDebt) >= stages.indexOf(stage)) return false;
    const [organisation] = await transaction.select().from(organisations).where(eq(organisations.id, organisationId));
    if (!organisation) return false;
    const mail = debtMail(stage, { name: organisation.name, slug: organisation.slug, row });
    for (const to of await payersOf(transaction, organisationId)) await sendMail(database(), { to, ...mail });
    await transaction.update(subscriptions).set({ toldOfDebt: stage }).where(isTheirs);
    return true;
  });
}

/** Addresses of the owners and of the people of billing. */
async function payersOf(db: Connection, organisationId: string): Promise<string[]> {
  const found = await db
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
    )
    .orderBy(asc(users.email));
  return found.map(({ email }) => email);
}

interface DebtOf {
  readonly name: string;
  readonly slug: string;
  readonly row: Subscription;
}

function debtMail(stage: Stage, { name, slug, row }: DebtOf): { readonly subject: string; readonly text: string } {
  const plan = plans[row.plan].title;
  const until = graceEnds(row)?.toISOString().slice(0, 10) ?? "";
  const where = `Change the payment method or pay here:\n\n${planPage(slug)}\n`;
  switch (stage) {
    case "failed":
      return {
        subject: `A payment of ${name} did not go through`,
        text: `The payment for ${name} on the plan ${plan} did not go through. It will be tried again.\n\nEverything goes on as it is until ${until}. ${where}`,
      };
    case "reminded":
      return {
        subject: `${name} keeps ${plan} until ${until}`,
        text: `The payment for ${name} still does not go through. From ${until} on, ${name} has what the plan Free has. Nothing is deleted.\n\n${where}`,
      };
    case "ended":
      return {
        subject: `${name} has what the plan Free has now`,
        text: `The payment for ${name} on the plan ${plan} did not go through in time, so that ${name} now has what the plan Free has. Nothing was deleted: apps go on, and ${plan} is back as soon as the invoice is paid.\n\n${where}`,
      };
  }
}
