import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { eq } from "drizzle-orm";
import { mails } from "#db/schema/mails.ts";
import { organisations } from "#db/schema/organisations.ts";
import { subscriptions } from "#db/schema/subscriptions.ts";
import { unseal } from "#server/secrets/seal.ts";
import type { TestControlPlane } from "#tests/support/controlPlane.ts";
import { testControlPlane } from "#tests/support/controlPlane.ts";
import type { StoredInvoice, StoredSubscription } from "#tests/support/stripe/State.ts";
import { type StripeServer, startStripe } from "#tests/support/stripe/startStripe.ts";
import { handleStripeWebhook } from "../webhook.ts";

/** Two, as while one takes the place of the other; Stripe signs by the second. */
export const webhookSecrets = ["whsec_before", "whsec_now"] as const;

export interface TestBilling extends AsyncDisposable {
  readonly plane: TestControlPlane;
  readonly stripe: StripeServer;
  /** An organisation with its owner. */
  customer(name: string): Promise<TestCustomer>;
  /** The same that has bought a plan, in its trial. */
  buyer(name: string, plan?: "team" | "business"): Promise<TestCustomer>;
  /** The same after its trial. */
  payer(name: string, plan?: "team" | "business"): Promise<TestCustomer>;
  /** What Stripe has of it. */
  subscriptionOf(customer: TestCustomer): Promise<StoredSubscription>;
  /** The oldest first. */
  invoicesOf(customer: TestCustomer): Promise<StoredInvoice[]>;
  /** The mails that were written to an address, the oldest first. */
  mailsTo(address: string): Promise<{ readonly subject: string; readonly text: string }[]>;
}

export interface TestCustomer {
  readonly id: string;
  readonly slug: string;
  readonly email: string;
  readonly caller: ReturnType<TestControlPlane["caller"]>;
  /** What the database says it pays for. */
  row(): Promise<typeof subscriptions.$inferSelect>;
}

/** The control plane and a Stripe server that tells it of events over HTTP, as Stripe does. */
export async function startBilling({ tells = true }: { readonly tells?: boolean } = {}): Promise<TestBilling> {
  const stripe = await startStripe();
  // Takes events of jobs, which run where a test asks for them.
  const events = await listen(async () => Response.json({ ids: [], status: 200 }));
  const plane = await testControlPlane({
    ...{ STRIPE_SECRET_KEY: stripe.key, STRIPE_API_URL: stripe.url, STRIPE_WEBHOOK_SECRET: webhookSecrets.join(",") },
    INNGEST_BASE_URL: events.url,
  });
  const web = await listen(handleStripeWebhook);
  if (tells) stripe.tellTo({ url: `${web.url}/api/stripe/webhook`, secret: webhookSecrets[1] });
  async function customerOf(name: string): Promise<TestCustomer> {
    const { user, organisation: slug } = await plane.person(name);
    const [organisation] = await plane.db.select().from(organisations).where(eq(organisations.slug, slug));
    if (!organisation) throw new Error("There is no such organisation.");
    const { id } = organisation;
    return {
      ...{ id, slug, email: user.email, caller: plane.caller(user) },
      async row() {
        const [row] = await plane.db.select().from(subscriptions).where(eq(subscriptions.organisationId, id));
        if (!row) throw new Error("The organisation is no customer.");
        return row;
      },
    };
  }

  async function buyer(name: string, plan: "team" | "business" = "team"): Promise<TestCustomer> {
    const customer = await customerOf(name);
    const { url } = await customer.caller.billing.checkout({ organisation: customer.slug, plan, interval: "month" });
    stripe.pay(url);
    await stripe.settled();
    return customer;
  }

  return {
    ...{ plane, stripe, buyer, customer: customerOf },
    async payer(name, plan) {
      const customer = await buyer(name, plan);
      stripe.advance({ days: 15 });
      await stripe.settled();
      return customer;
    },
    subscriptionOf: async (customer) => stripe.state.subscription((await customer.row()).subscriptionId ?? ""),
    async invoicesOf(customer) {
      const { customerId } = await customer.row();
      return [...stripe.state.data.invoices.values()].filter((invoice) => invoice.customer === customerId);
    },
    async mailsTo(address) {
      const found = await plane.db.select().from(mails).where(eq(mails.recipient, address)).orderBy(mails.id);
      return found.map(({ subject, textSealed }) => ({ subject, text: textSealed ? unseal(textSealed) : "" }));
    },
    async [Symbol.asyncDispose]() {
      await stripe[Symbol.asyncDispose]();
      await web.close();
      await events.close();
      await plane[Symbol.asyncDispose]();
    },
  };
}

async function listen(handle: (request: Request) => Promise<Response>) {
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(Buffer.from(chunk));
    const headers = Object.entries(incoming.headersDistinct).map(([name, [value = ""] = []]): [string, string] => [
      name,
      value,
    ]);
    const body = chunks.length === 0 ? null : Buffer.concat(chunks);
    const answer = await handle(new Request(`http://127.0.0.1${incoming.url}`, { method: "POST", headers, body }));
    outgoing.writeHead(answer.status, { "content-type": "application/json" }).end(await answer.text());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
