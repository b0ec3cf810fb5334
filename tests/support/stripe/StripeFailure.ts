/** What Stripe answers where something is wrong, in its own form. */
export class StripeFailure extends Error {
  readonly status: number;
  readonly body: { readonly error: Readonly<Record<string, string>> };

  constructor(status: number, error: Readonly<Record<string, string>>) {
    super(error.message ?? "");
    this.status = status;
    this.body = { error };
  }
}

export function invalid(message: string, code: string, param?: string): StripeFailure {
  return new StripeFailure(400, {
    type: "invalid_request_error",
    code,
    message,
    ...(param !== undefined && { param }),
  });
}

export function missing(kind: string, id: string, param = "id"): StripeFailure {
  const message = `No such ${kind}: '${id}'`;
  return new StripeFailure(404, { type: "invalid_request_error", code: "resource_missing", message, param });
}

export function declined(): StripeFailure {
  const message = "Your card was declined.";
  return new StripeFailure(402, {
    type: "card_error",
    code: "card_declined",
    decline_code: "generic_decline",
    message,
  });
}
