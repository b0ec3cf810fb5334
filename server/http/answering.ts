import { AppError } from "#lib/errors/AppError.ts";
import { logDefect } from "../log.ts";
import { problemResponse } from "./problemResponse.ts";

/** Wraps a handler: foreseen errors become problem documents, all others are logged and answer 500 without their text. */
export function answering<Asked extends Request, Rest extends readonly unknown[]>(
  handle: (request: Asked, ...rest: Rest) => Promise<Response>,
): (request: Asked, ...rest: Rest) => Promise<Response> {
  return async (request, ...rest) => {
    try {
      return await handle(request, ...rest);
    } catch (error) {
      if (error instanceof AppError) return problemResponse(error);
      // Whoever asked has gone: nobody reads the answer, and what broke off is no defect.
      if (request.signal.aborted) return new Response(null, { status: 499 });
      logDefect("A request failed.", error, { method: request.method, path: new URL(request.url).pathname });
      return problemResponse(new AppError("internal", "Something went wrong on our side. Try again in a moment."));
    }
  };
}
