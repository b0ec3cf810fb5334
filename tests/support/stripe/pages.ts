import { completeSession, linesOfSession } from "./checkout.ts";
import { payOpen } from "./clock.ts";
import type { Form } from "./form.ts";
import { payInvoice } from "./invoices.ts";
import { makeCard } from "./objects.ts";
import { text } from "./readForm.ts";
import type { State } from "./State.ts";
import { missing } from "./StripeFailure.ts";

/** What a browser gets: a page, or where to go. */
export type Page = { readonly html: string } | { readonly to: string };

interface Visit {
  readonly state: State;
  readonly id: string;
  readonly form: Form;
}

/** The pages that people are sent to: small, with the same fields as Stripe's. */
export const pages: Readonly<Record<string, (visit: Visit) => Page>> = {
  "GET /c/pay/:id": ({ state, id }) => {
    const session = state.session(id);
    const lines = linesOfSession(state, session).map((line) => `<li>${escaped(line)}</li>`);
    const fields = [
      field("Card number", "card", "4242424242424242"),
      field("Country", "country", "DE"),
      field("VAT ID", "tax_id", ""),
      ...(session.allow_promotion_codes ? [field("Promotion code", "code", "")] : []),
    ];
    const back = `<p><a href="${escaped(session.cancel_url ?? "")}">Back</a></p>`;
    return document("Pay", `<ul>${lines.join("")}</ul>${form(`/c/pay/${id}`, fields, "Subscribe")}${back}`);
  },
  "POST /c/pay/:id": ({ state, id, form: { card, country, tax_id: taxId, code } }) => ({
    to: completeSession(state, id, {
      ...{ card: text(card) ?? "", country: text(country) ?? "DE" },
      ...{ taxId: text(taxId) ?? "", promotionCode: text(code) ?? "" },
    }),
  }),
  "GET /p/session/:id": ({ state, id }) => {
    const { customer, return_url: back } = portal(state, id);
    const mine = [...state.data.subscriptions.values()].filter((subscription) => subscription.customer === customer);
    const parts = mine.map((subscription) => {
      const action = subscription.cancel_at_period_end ? "resume" : "cancel";
      const title = action === "cancel" ? "Cancel plan" : "Renew plan";
      const head = `<h2>${escaped(subscription.id)}: ${escaped(subscription.status)}</h2>`;
      return head + (subscription.status === "canceled" ? "" : form(`/p/session/${id}/${action}`, [], title));
    });
    const card = form(`/p/session/${id}/card`, [field("Card number", "card", "4242424242424242")], "Save card");
    return document("Billing", `${parts.join("")}${card}<p><a href="${escaped(back ?? "")}">Return</a></p>`);
  },
  "POST /p/session/:id/card": ({ state, id, form: { card } }) => {
    const { customer } = portal(state, id);
    const method = makeCard(state, customer, text(card) ?? "");
    for (const subscription of state.data.subscriptions.values()) {
      if (subscription.customer !== customer) continue;
      subscription.default_payment_method = method.id;
      payOpen(state, subscription);
    }
    return { to: `/p/session/${id}` };
  },
  "POST /p/session/:id/cancel": ({ state, id }) => cancelling(state, id, true),
  "POST /p/session/:id/resume": ({ state, id }) => cancelling(state, id, false),
  "GET /invoices/:id": ({ state, id }) => {
    const { number, status } = state.invoice(id);
    const pay = status === "open" ? form(`/invoices/${id}`, [], "Pay") : "";
    return document(number ?? "Invoice", `<p>${escaped(status ?? "")}</p>${pay}`);
  },
  "POST /invoices/:id": ({ state, id }) => {
    payInvoice(state, state.invoice(id));
    return { to: `/invoices/${id}` };
  },
};

function portal(state: State, id: string) {
  const session = state.data.portals.get(id);
  if (!session) throw missing("billing_portal.session", id);
  return session;
}

function cancelling(state: State, id: string, isCancelled: boolean): Page {
  const { customer } = portal(state, id);
  for (const subscription of state.data.subscriptions.values()) {
    if (subscription.customer !== customer || subscription.status === "canceled") continue;
    subscription.cancel_at_period_end = isCancelled;
    state.tell("customer.subscription.updated", subscription);
  }
  return { to: `/p/session/${id}` };
}

function document(title: string, body: string): Page {
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(title)}</title>`;
  return {
    html: `<!doctype html><html lang="en"><head>${head}</head><body><h1>${escaped(title)}</h1>${body}</body></html>`,
  };
}

function form(action: string, fields: readonly string[], button: string): string {
  return `<form method="post" action="${action}">${fields.join("")}<button>${button}</button></form>`;
}

function field(label: string, name: string, value: string): string {
  return `<p><label>${label} <input name="${name}" value="${value}"></label></p>`;
}

function escaped(value: string): string {
  return value.replace(/[&<>"]/g, (sign) => `&#${sign.codePointAt(0)};`);
}
