import type Stripe from "stripe";
import type { Form } from "./form.ts";
import { text, whole } from "./readForm.ts";
import { invalid, missing } from "./StripeFailure.ts";

/** A page of a list, the newest first, as the cursor says. */
export function pageOf<T extends { readonly id: string }>(
  all: readonly T[],
  form: Form,
  url: string,
): Stripe.ApiList<T> {
  const limit = whole(form.limit) ?? 10;
  if (limit < 1 || limit > 100) throw invalid("limit must be between 1 and 100", "parameter_invalid_integer", "limit");
  const newest = all.toReversed();
  const after = text(form.starting_after);
  const from = after === undefined ? 0 : newest.findIndex(({ id }) => id === after) + 1;
  if (after !== undefined && from === 0) throw missing("object", after, "starting_after");
  const data = newest.slice(from, from + limit);
  return { object: "list", data, has_more: from + limit < newest.length, url };
}
