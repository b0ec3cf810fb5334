import type Stripe from "stripe";
import { missing } from "./StripeFailure.ts";

export interface StoredPrice extends Stripe.Price {
  product: string;
}

export interface StoredItem extends Stripe.SubscriptionItem {
  price: StoredPrice;
}

export interface StoredSubscription extends Stripe.Subscription {
  customer: string;
  default_payment_method: string | null;
  items: Stripe.ApiList<StoredItem>;
  latest_invoice: string | null;
  discounts: Stripe.Discount[];
}

export interface StoredInvoice extends Stripe.Invoice {
  customer: string;
}

export interface StoredSession extends Stripe.Checkout.Session {
  customer: string;
  subscription: string | null;
}

/** A part of a period that was paid for at another price, and is put right on the next invoice. */
export interface PendingItem {
  readonly subscription: string;
  readonly line: Stripe.InvoiceLineItem;
}

/** What a session of checkout was asked for and does not say itself. */
export interface Wanted {
  readonly items: readonly { readonly price: string; readonly quantity: number | undefined }[];
  readonly trialDays: number;
  readonly metadata: Stripe.Metadata;
}

export interface MeterEvent extends Stripe.Billing.MeterEvent {
  readonly customer: string;
}

/** All that the server remembers. Plain data, so that a request that fails can be undone. */
export interface Data {
  /** Seconds that its clock is ahead. */
  ahead: number;
  counter: number;
  customers: Map<string, Stripe.Customer | Stripe.DeletedCustomer>;
  prices: Map<string, StoredPrice>;
  methods: Map<string, Stripe.PaymentMethod>;
  /** Payment methods that do not pay. */
  failing: Set<string>;
  /** Subscriptions whose trial will end soon, as was told. */
  toldOfTrial: Set<string>;
  coupons: Map<string, Stripe.Coupon>;
  promotionCodes: Map<string, Stripe.PromotionCode>;
  subscriptions: Map<string, StoredSubscription>;
  invoices: Map<string, StoredInvoice>;
  sessions: Map<string, StoredSession>;
  wanted: Map<string, Wanted>;
  portals: Map<string, Stripe.BillingPortal.Session>;
  pending: PendingItem[];
  meterEvents: Map<string, MeterEvent>;
  events: Stripe.Event[];
}

export class State {
  data: Data = {
    ...{ ahead: 0, counter: 0, customers: new Map(), prices: new Map(), methods: new Map(), failing: new Set() },
    toldOfTrial: new Set(),
    ...{ coupons: new Map(), promotionCodes: new Map(), subscriptions: new Map(), invoices: new Map() },
    ...{ sessions: new Map(), wanted: new Map(), portals: new Map(), pending: [], meterEvents: new Map(), events: [] },
  };

  /** Its own address. */
  url = "";

  /** Seconds since 1970, by its own clock. */
  get now(): number {
    return Math.floor(Date.now() / 1000) + this.data.ahead;
  }

  /** `cus_00000000000001`: in the order of making. */
  id(prefix: string): string {
    this.data.counter += 1;
    return `${prefix}_${String(this.data.counter).padStart(14, "0")}`;
  }

  customer(id: string): Stripe.Customer {
    const customer = this.data.customers.get(id);
    if (!customer || "deleted" in customer) throw missing("customer", id, "customer");
    return customer as Stripe.Customer;
  }

  subscription(id: string): StoredSubscription {
    const found = this.data.subscriptions.get(id);
    if (!found) throw missing("subscription", id);
    return found;
  }

  invoice(id: string): StoredInvoice {
    const found = this.data.invoices.get(id);
    if (!found) throw missing("invoice", id, "invoice");
    return found;
  }

  price(id: string): StoredPrice {
    const found = this.data.prices.get(id);
    if (!found) throw missing("price", id, "price");
    return found;
  }

  session(id: string): StoredSession {
    const found = this.data.sessions.get(id);
    if (!found) throw missing("checkout.session", id);
    return found;
  }

  /** Notes that something happened; webhooks tell of it. */
  tell(type: string, object: object): void {
    // Types of events and their objects go together in Stripe's types; here the callers hold to that.
    this.data.events.push({
      ...{ id: this.id("evt"), object: "event", api_version: "2026-10-28.endive", created: this.now, livemode: false },
      ...{ pending_webhooks: 1, request: { id: null, idempotency_key: null }, type },
      data: { object: structuredClone(object) },
    } as unknown as Stripe.Event);
  }

  /** Does all of it or nothing. */
  wholly<Result>(work: () => Result): Result {
    const before = structuredClone(this.data);
    try {
      return work();
    } catch (error) {
      this.data = before;
      throw error;
    }
  }
}
