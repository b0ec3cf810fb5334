import type { IncomingHttpHeaders } from "node:http";
import { wantsPage } from "../request/responseType.ts";

/** Whether a browser came to `/graphql` to look at it, rather than a client with an operation. */
export function asksForPage({
  method,
  query,
  headers,
}: {
  readonly method: string | undefined;
  /** What follows the question mark. */
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
}): boolean {
  return method === "GET" && query === "" && wantsPage(headers.accept);
}
