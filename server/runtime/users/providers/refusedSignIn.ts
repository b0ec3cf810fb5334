import { AuthorizationResponseError, ClientError, ResponseBodyError } from "openid-client";
import { AppError } from "#lib/errors/AppError.ts";

/** What somebody is told whom a provider did not sign in. The provider's own words are for the log only. */
export function refusedSignIn(cause: unknown, provider: string): AppError {
  if (cause instanceof AppError) return cause;
  if (cause instanceof AuthorizationResponseError) {
    if (cause.error === "access_denied") {
      return new AppError("unauthenticated", "The sign-in was broken off. Start it again.", { cause });
    }
    if (cause.error === "temporarily_unavailable" || cause.error === "server_error")
      return providerAway(cause, provider);
    return refusal(cause);
  }
  if (cause instanceof ResponseBodyError) {
    // A code that was used before, or is not this client's.
    if (cause.error === "invalid_grant") return refusal(cause);
    return providerAway(cause, provider);
  }
  if (cause instanceof ClientError && !isAway(cause)) return refusal(cause);
  return providerAway(cause, provider);
}

/** Of ClientError: what says that nobody answered, or not as a provider does. */
const signs: readonly (string | undefined)[] = [
  "OAUTH_TIMEOUT",
  "OAUTH_ABORT",
  "OAUTH_RESPONSE_IS_NOT_CONFORM",
  "OAUTH_RESPONSE_IS_NOT_JSON",
  "OAUTH_PARSE_ERROR",
  "OAUTH_HTTP_REQUEST_FORBIDDEN",
];

function isAway(error: ClientError): boolean {
  return signs.includes(error.code) || error.code === undefined;
}

function refusal(cause: unknown): AppError {
  return new AppError("unauthenticated", "The provider did not confirm this sign-in. Start it again.", { cause });
}

/** A provider that cannot be asked, or does not answer as one does. */
export function providerAway(cause: unknown, provider: string): AppError {
  return new AppError("unavailable", `Sign-in by ${provider} is not available. Try again in a moment.`, { cause });
}
