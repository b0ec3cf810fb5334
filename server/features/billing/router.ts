import { z } from "zod";
import { planNames } from "#lib/plans/plans.ts";
import { organisationProcedure, router } from "../../trpc/init.ts";
import { readAccount } from "./account.ts";
import { asking } from "./asking.ts";
import { changePlan, previewChange, setCancelled } from "./changePlan.ts";
import { beginCheckout, finishCheckout } from "./checkout.ts";
import { billingOverview, listOffers } from "./overview.ts";
import { customerOf, openPortal } from "./portal.ts";
import { intervals, soldPlans } from "./prices.ts";
import { syncSubscription } from "./syncSubscription.ts";

const offer = z.object({ plan: z.enum(soldPlans), interval: z.enum(intervals) });

export const billingRouter = router({
  /** What the organisation pays for, as far as the database knows. */
  get: organisationProcedure.query(({ ctx }) => billingOverview(ctx.db, ctx.organisation.id)),

  /** Plans that can be bought, with their prices. */
  offers: organisationProcedure.query(() => asking(listOffers)),

  /** Payment method, next invoice and invoices, as Stripe says now. */
  account: organisationProcedure.query(async ({ ctx }) => {
    const customer = await customerOf(ctx.organisation.id);
    return await asking(() => readAccount(customer));
  }),

  /** Where one pays: the screen goes there. */
  checkout: organisationProcedure.input(offer).mutation(async ({ ctx, input: { plan, interval } }) => {
    const { id: organisationId, slug } = ctx.organisation;
    ctx.audit({ after: { plan, interval } });
    return { url: await beginCheckout({ organisationId, slug, email: ctx.user.email }, { plan, interval }) };
  }),

  /** Asked again and again by whoever comes back from paying, until it is `paid`. */
  finishCheckout: organisationProcedure
    .input(z.object({ session: z.string().regex(/^cs_[A-Za-z0-9_]{1,250}$/) }))
    .mutation(async ({ ctx, input }) => {
      // What it finds is recorded as it is written down.
      ctx.audit({ unchanged: true });
      return { state: await finishCheckout(ctx.organisation.id, input.session) };
    }),

  /** Where one changes how one pays. */
  portal: organisationProcedure.mutation(async ({ ctx }) => ({
    url: await openPortal(ctx.organisation.id, ctx.organisation.slug),
  })),

  /** Reads the subscription from Stripe, such as for whoever comes back from the portal. */
  refresh: organisationProcedure.mutation(async ({ ctx }) => {
    ctx.audit({ unchanged: true });
    await asking(() => syncSubscription(ctx.organisation.id));
    return await billingOverview(ctx.db, ctx.organisation.id);
  }),

  /** What another plan or interval would cost now and later. */
  preview: organisationProcedure
    .input(offer)
    .query(({ ctx, input: { plan, interval } }) => previewChange(ctx.organisation.id, { plan, interval })),

  /** `from` is what whoever asks has seen, `prorationDate` that of the preview. */
  change: organisationProcedure
    .input(
      offer.extend({
        from: z.object({ plan: z.enum(planNames), interval: z.enum(intervals) }),
        prorationDate: z.int().positive(),
      }),
    )
    .mutation(async ({ ctx, input: { plan, interval, from, prorationDate } }) => {
      ctx.audit({ before: from, after: { plan, interval } });
      await changePlan(ctx.organisation.id, { offer: { plan, interval }, from, prorationDate });
      return await billingOverview(ctx.db, ctx.organisation.id);
    }),

  /** Lets the subscription end with the period that is paid. */
  cancel: organisationProcedure.mutation(async ({ ctx }) => {
    await setCancelled(ctx.organisation.id, true);
    return await billingOverview(ctx.db, ctx.organisation.id);
  }),

  /** Takes the cancellation back. */
  resume: organisationProcedure.mutation(async ({ ctx }) => {
    await setCancelled(ctx.organisation.id, false);
    return await billingOverview(ctx.db, ctx.organisation.id);
  }),
});
