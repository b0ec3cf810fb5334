import type { Model } from "#lib/model/types.ts";

/** Why no answer could be read, as far as a browser lets one know. */
export function failureText(error: unknown, { app }: Model): string {
  if (error instanceof DOMException && error.name === "AbortError") return "You cancelled the request.";
  const origin = globalThis.location?.origin ?? "";
  const cors = app.api?.cors;
  if (cors && !cors.origins.includes(origin)) {
    return `The live app lets no page of ${origin} call it. Add this origin in the API settings and deploy, or use curl.`;
  }
  if (error instanceof TypeError) return "The app does not answer at its address. Is the release still live?";
  return error instanceof Error ? error.message : String(error);
}
