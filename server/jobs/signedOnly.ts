import { AppError } from "#lib/errors/AppError.ts";
import { problemResponse } from "../http/problemResponse.ts";

/** Refuses what carries no signature before its body is read, which the SDK takes for JSON; the SDK checks the signature. */
export function signedOnly<Asked extends Request, Rest extends readonly unknown[]>(
  handle: (request: Asked, ...rest: Rest) => Promise<Response>,
): (request: Asked, ...rest: Rest) => Promise<Response> {
  return async (request, ...rest) => {
    if (request.headers.has("x-inngest-signature")) return await handle(request, ...rest);
    return problemResponse(new AppError("unauthenticated", "Only the job engine may ask for this."));
  };
}
