import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "#server/trpc/root.ts";

type Billing = inferRouterOutputs<AppRouter>["billing"];

export type BillingOverview = Billing["get"];
export type Subscription = NonNullable<BillingOverview["subscription"]>;
export type Offer = Billing["offers"][number];
export type Account = Billing["account"];
export type Invoice = Account["invoices"][number];
export type Interval = Offer["interval"];

export interface OrganisationScope {
  readonly organisation: string;
}
