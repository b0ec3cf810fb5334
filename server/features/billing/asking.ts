import Stripe from "stripe";
import { AppError } from "#lib/errors/AppError.ts";

/** Does something by Stripe for somebody who waits: what they can do about a failure is said to them. */
export async function asking<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw explained(error);
  }
}

/** Anything that Stripe's library throws, as what people are told; whatever else stays as it is. */
function explained(error: unknown): unknown {
  if (error instanceof Stripe.errors.StripeCardError) {
    const why = "The payment did not go through. Change the payment method under Payment and invoices, then try again.";
    return new AppError("conflict", why, { cause: error });
  }
  if (isTransient(error)) {
    return new AppError(
      "unavailable",
      "Payments cannot be reached at the moment. Nothing was changed; try again soon.",
      {
        cause: error,
      },
    );
  }
  if (error instanceof Stripe.errors.StripeInvalidRequestError && error.code === "customer_tax_location_invalid") {
    const why = "Taxes cannot be worked out for this address. Correct it under Payment and invoices, then try again.";
    return new AppError("conflict", why, { cause: error });
  }
  return error;
}

function isTransient(error: unknown): boolean {
  const { StripeConnectionError, StripeAPIError, StripeRateLimitError } = Stripe.errors;
  return (
    error instanceof StripeConnectionError || error instanceof StripeAPIError || error instanceof StripeRateLimitError
  );
}

/** Whether Stripe says that there is no such thing. */
export function isMissing(error: unknown): boolean {
  return error instanceof Stripe.errors.StripeInvalidRequestError && error.code === "resource_missing";
}
