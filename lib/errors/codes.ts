/**
 * Every error that Gantry or an app built with it can answer. Codes are stable: clients match on them.
 * `title` is the same for every occurrence (RFC 9457); the sentence of one occurrence is the error's message.
 */
export const errorCodes = {
  invalid_request: { status: 400, title: "The request is not well formed" },
  unknown_field: { status: 400, title: "A field, operator or option is not known" },
  invalid_cursor: { status: 400, title: "The page cursor is not valid" },
  unauthenticated: { status: 401, title: "Sign in or send a valid key" },
  plan_limit: { status: 402, title: "The plan does not include this" },
  second_factor_required: { status: 403, title: "Show a second factor first" },
  single_sign_on_required: { status: 403, title: "Sign in with the organisation's single sign-on" },
  proof_required: { status: 403, title: "Show once more who you are" },
  forbidden: { status: 403, title: "Not allowed" },
  forbidden_field: { status: 403, title: "A field is not to be seen or set by you" },
  not_found: { status: 404, title: "Not found" },
  method_not_allowed: { status: 405, title: "This path does not answer that method" },
  not_acceptable: { status: 406, title: "No representation fits the Accept header" },
  illegal_transition: { status: 409, title: "The record's state does not allow this action" },
  conflict: { status: 409, title: "The change conflicts with what is there" },
  request_in_flight: { status: 409, title: "A request with this key is still under way" },
  position_gone: { status: 410, title: "The change feed no longer goes back so far" },
  version_mismatch: { status: 412, title: "The record has changed since" },
  payload_too_large: { status: 413, title: "The request is too large" },
  unsupported_media_type: { status: 415, title: "The content type is not supported" },
  invalid_input: { status: 422, title: "Some values are not acceptable" },
  idempotency_key_reused: { status: 422, title: "The key was used for another request" },
  version_required: { status: 428, title: "Say which version you have changed" },
  rate_limited: { status: 429, title: "Too many requests" },
  invalid_model: { status: 422, title: "The model has errors" },
  unavailable: { status: 503, title: "Not available for the moment" },
  timed_out: { status: 504, title: "It took too long" },
  internal: { status: 500, title: "Something went wrong on our side" },
} as const satisfies Record<string, { readonly status: number; readonly title: string }>;

export type ErrorCode = keyof typeof errorCodes;
